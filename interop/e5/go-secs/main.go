// Reads messages with go-secs' decoders and writes them again with its builders: `S1F3 hex` a line in; out `hex` of what go-secs
// makes of what it read, `-` where it has no such message, or `! reason` where it refuses the body. `facts` in gives a line
// `S1F3 H->E W`: what its catalogue says of every message that it has.
//
// The builders and decoders stand in builders.go, which ./table writes; it is no part of the sources.
package main

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"fmt"
	"os"
	"reflect"
	"sort"
	"strings"

	"github.com/arloliu/go-secs/v2/gem"
	"github.com/arloliu/go-secs/v2/secs2"
)

// builder is a function that builds a message, and what its parameters are called.
type builder struct {
	build      any
	parameters []string
}

func main() {
	forms := map[string][]string{}
	for form := range builders {
		name := nameOf(form)
		forms[name] = append(forms[name], form)
	}
	for _, of := range forms {
		sort.Strings(of)
	}
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 1<<28)
	for in.Scan() {
		name, text, _ := strings.Cut(strings.TrimSpace(in.Text()), " ")
		if name == "facts" {
			facts(out, forms)
			continue
		}
		body, err := hex.DecodeString(text)
		if err != nil {
			panic(err)
		}
		fmt.Fprintln(out, answer(forms[name], body))
	}
}

// nameOf gives the message of a form: S7F6 of S7F6Denied.
func nameOf(form string) string {
	digits := strings.TrimRight(form, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
	return digits
}

// answer writes again what one of the forms of a message reads: the one that gives the same bytes, otherwise any.
func answer(forms []string, body []byte) string {
	if len(forms) == 0 {
		return "-"
	}
	var item secs2.Item = secs2.NewEmptyItem()
	if len(body) > 0 {
		decoded, err := secs2.Decode(body)
		if err != nil {
			return "! " + err.Error()
		}
		item = decoded
	}
	var other, refusal string
	for _, form := range forms {
		built, err := again(form, item)
		if err != nil {
			if refusal == "" {
				refusal = "! " + strings.Join(strings.Fields(err.Error()), " ")
			}
			continue
		}
		if bytes.Equal(built, body) {
			return hex.EncodeToString(built)
		}
		if other == "" {
			other = hex.EncodeToString(built)
		}
	}
	if other != "" {
		return other
	}
	return refusal
}

// again reads an item in one form of a message, and builds that form of what was read.
func again(form string, item secs2.Item) (built []byte, err error) {
	defer func() {
		if problem := recover(); problem != nil {
			err = fmt.Errorf("panic: %v", problem)
		}
	}()
	own := builders[form]
	build := reflect.ValueOf(own.build)
	arguments := []reflect.Value{}
	if len(own.parameters) > 0 {
		read, err := decoded(form, item)
		if err != nil {
			return nil, err
		}
		for place, parameter := range own.parameters {
			argument, err := argumentOf(read, parameter, build.Type().In(place))
			if err != nil {
				return nil, err
			}
			arguments = append(arguments, argument)
		}
	}
	var results []reflect.Value
	if build.Type().IsVariadic() {
		results = build.CallSlice(arguments)
	} else {
		results = build.Call(arguments)
	}
	message := results[0].Interface().(secs2.SECS2Message)
	if err := message.Item().Error(); err != nil {
		return nil, err
	}
	return message.Item().ToBytes(), nil
}

// decoded reads an item by the decoder of a form, or of the message.
func decoded(form string, item secs2.Item) (reflect.Value, error) {
	decoder, ok := decoders[form]
	if !ok {
		decoder = decoders[nameOf(form)]
	}
	results := reflect.ValueOf(decoder).Call([]reflect.Value{reflect.ValueOf(item)})
	if err, failed := results[1].Interface().(error); failed {
		return reflect.Value{}, err
	}
	return results[0], nil
}

// argumentOf finds what was read for a parameter.
func argumentOf(read reflect.Value, parameter string, wanted reflect.Type) (reflect.Value, error) {
	for i := 0; i < read.NumField(); i++ {
		if !strings.EqualFold(read.Type().Field(i).Name, parameter) {
			continue
		}
		found := read.Field(i)
		if found.Kind() == reflect.Pointer && wanted.Kind() != reflect.Pointer {
			if found.IsNil() {
				return found, fmt.Errorf("%s is missing", parameter)
			}
			found = found.Elem()
		}
		if !found.Type().AssignableTo(wanted) {
			return found, fmt.Errorf("%s is %s, not %s", parameter, found.Type(), wanted)
		}
		return found, nil
	}
	return reflect.Value{}, fmt.Errorf("nothing is read for %s in %s", parameter, read.Type())
}

// facts writes what the catalogue says of each message.
func facts(out *bufio.Writer, forms map[string][]string) {
	names := []string{}
	for name := range forms {
		names = append(names, name)
	}
	sort.Strings(names)
	directions := map[gem.Direction]string{gem.HostToEquipment: "H->E", gem.EquipmentToHost: "E->H", gem.Bidirectional: "both"}
	for _, name := range names {
		var stream, function byte
		fmt.Sscanf(name, "S%dF%d", &stream, &function)
		info, known := gem.Lookup(stream, function, gem.RoleEquipment)
		if !known {
			fmt.Fprintln(out, name)
			continue
		}
		reply := "-"
		if info.ReplyFunction != 0 {
			reply = fmt.Sprintf("S%dF%d", stream, info.ReplyFunction)
		}
		fmt.Fprintf(out, "%s\t%s\t%s\t%s\n", name, directions[info.Direction], reply, info.Name)
	}
	fmt.Fprintln(out)
}
