// Encodes items with go-secs: one JSON item a line in, the bytes in hex a line out ("-" where go-secs has no such item).
package main

import (
	"bufio"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"strconv"

	"github.com/arloliu/go-secs/v2/secs2"
)

type node map[string]json.RawMessage

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func list[T any](raw json.RawMessage) []T {
	var values []T
	must(json.Unmarshal(raw, &values))
	return values
}

// latin1 gives the bytes of a text of one character a byte.
func latin1(raw json.RawMessage) string {
	var text string
	must(json.Unmarshal(raw, &text))
	bytes := make([]byte, 0, len(text))
	for _, r := range text {
		bytes = append(bytes, byte(r))
	}
	return string(bytes)
}

// jis8 gives the JIS X 0201 bytes of a text.
func jis8(raw json.RawMessage) (string, bool) {
	var text string
	if json.Unmarshal(raw, &text) != nil {
		return "", false
	}
	bytes := make([]byte, 0, len(text))
	for _, r := range text {
		switch {
		case r == '¥':
			bytes = append(bytes, 0x5c)
		case r == '‾':
			bytes = append(bytes, 0x7e)
		case r >= 0xff61:
			bytes = append(bytes, byte(r-0xff61+0xa1))
		default:
			bytes = append(bytes, byte(r))
		}
	}
	return string(bytes), true
}

func floats(raw json.RawMessage) []float64 {
	values := []float64{}
	for _, value := range list[any](raw) {
		switch v := value.(type) {
		case float64:
			values = append(values, v)
		case string:
			switch v {
			case "NaN":
				values = append(values, math.Float64frombits(0x7ff8000000000000))
			case "-0":
				values = append(values, math.Copysign(0, -1))
			default:
				f, err := strconv.ParseFloat(v, 64)
				must(err)
				values = append(values, f)
			}
		}
	}
	return values
}

func build(raw json.RawMessage) (secs2.Item, bool) {
	var n node
	must(json.Unmarshal(raw, &n))
	for kind, value := range n {
		switch kind {
		case "L":
			children := []secs2.Item{}
			for _, child := range list[json.RawMessage](value) {
				item, ok := build(child)
				if !ok {
					return nil, false
				}
				children = append(children, item)
			}
			return secs2.L(children...), true
		case "A":
			return secs2.A(latin1(value)), true
		case "J":
			text, ok := jis8(value)
			return secs2.J(text), ok
		case "C2":
			var text struct{ Encoding, Text string }
			must(json.Unmarshal(value, &text))
			return secs2.W(text.Text), text.Encoding == "UTF-8"
		case "B":
			var text string
			must(json.Unmarshal(value, &text))
			bytes, err := hex.DecodeString(text)
			must(err)
			return secs2.B(bytes), true
		case "BOOLEAN":
			return secs2.BOOLEAN(list[bool](value)), true
		case "I1":
			return secs2.I1(list[int64](value)), true
		case "I2":
			return secs2.I2(list[int64](value)), true
		case "I4":
			return secs2.I4(list[int64](value)), true
		case "I8":
			values := []int64{}
			for _, text := range list[string](value) {
				v, err := strconv.ParseInt(text, 10, 64)
				must(err)
				values = append(values, v)
			}
			return secs2.I8(values), true
		case "U1":
			return secs2.U1(list[uint64](value)), true
		case "U2":
			return secs2.U2(list[uint64](value)), true
		case "U4":
			return secs2.U4(list[uint64](value)), true
		case "U8":
			values := []uint64{}
			for _, text := range list[string](value) {
				v, err := strconv.ParseUint(text, 10, 64)
				must(err)
				values = append(values, v)
			}
			return secs2.U8(values), true
		case "F4":
			return secs2.F4(floats(value)), true
		case "F8":
			return secs2.F8(floats(value)), true
		}
	}
	return nil, false
}

// shortest prints the shortest text of single-precision numbers given as eight hex digits a line.
func shortest(scanner *bufio.Scanner, out *bufio.Writer) {
	for scanner.Scan() {
		bits, err := strconv.ParseUint(scanner.Text(), 16, 32)
		must(err)
		fmt.Fprintln(out, strconv.FormatFloat(float64(math.Float32frombits(uint32(bits))), 'e', -1, 32))
	}
}

func main() {
	scanner := bufio.NewScanner(os.Stdin)
	scanner.Buffer(make([]byte, 1<<20), 1<<26)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	if len(os.Args) > 1 && os.Args[1] == "floats" {
		shortest(scanner, out)
		return
	}
	for scanner.Scan() {
		item, ok := build(scanner.Bytes())
		if !ok {
			fmt.Fprintln(out, "-")
			continue
		}
		must(item.Error())
		fmt.Fprintln(out, hex.EncodeToString(item.ToBytes()))
	}
}
