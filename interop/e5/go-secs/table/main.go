// Writes a Go file with every builder and decoder of go-secs' package gem, read from its source: a program cannot ask a
// package for its functions.
package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"regexp"
	"sort"
	"strings"
)

var ofMessage = regexp.MustCompile(`^(Decode)?S\d+F\d+[A-Za-z]*$`)

func main() {
	folder, err := exec.Command("go", "list", "-f", "{{.Dir}}", "github.com/arloliu/go-secs/v2/gem").Output()
	if err != nil {
		fail(err)
	}
	isSource := func(file fs.FileInfo) bool { return !strings.HasSuffix(file.Name(), "_test.go") }
	//lint:ignore SA1019 names alone are wanted, no types
	packages, err := parser.ParseDir(token.NewFileSet(), strings.TrimSpace(string(folder)), isSource, 0)
	if err != nil {
		fail(err)
	}
	var builders, decoders []string
	for _, file := range packages["gem"].Files {
		for _, declaration := range file.Decls {
			function, ok := declaration.(*ast.FuncDecl)
			if !ok || function.Recv != nil || !ofMessage.MatchString(function.Name.Name) {
				continue
			}
			name := function.Name.Name
			if strings.HasPrefix(name, "Decode") {
				decoders = append(decoders, fmt.Sprintf("\t%q: gem.%s,\n", strings.TrimPrefix(name, "Decode"), name))
				continue
			}
			var parameters []string
			for _, field := range function.Type.Params.List {
				for _, one := range field.Names {
					parameters = append(parameters, fmt.Sprintf("%q", one.Name))
				}
			}
			builders = append(builders, fmt.Sprintf("\t%q: {gem.%s, []string{%s}},\n", name, name, strings.Join(parameters, ", ")))
		}
	}
	sort.Strings(builders)
	sort.Strings(decoders)
	fmt.Print("package main\n\nimport \"github.com/arloliu/go-secs/v2/gem\"\n\n")
	fmt.Printf("var builders = map[string]builder{\n%s}\n\n", strings.Join(builders, ""))
	fmt.Printf("var decoders = map[string]any{\n%s}\n", strings.Join(decoders, ""))
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
