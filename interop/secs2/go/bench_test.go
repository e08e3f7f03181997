package main

import (
	"testing"

	"github.com/arloliu/go-secs/v2/secs2"
	"github.com/arloliu/go-secs/v2/sml"
)

var keep any

func s1f2() secs2.Item { return secs2.L(secs2.A("MDLN-A"), secs2.A("1.0.0")) }

func s6f11() secs2.Item {
	values := make([]secs2.Item, 0, 20)
	for i := 0; i < 20; i++ {
		switch i % 3 {
		case 0:
			values = append(values, secs2.U4(uint32(i*1000)))
		case 1:
			values = append(values, secs2.F8(float64(i)*1.5))
		default:
			values = append(values, secs2.A("ABCDEFGHIJKLMNOP"))
		}
	}
	return secs2.L(secs2.U4(uint32(1)), secs2.U4(uint32(1001)), secs2.L(secs2.L(secs2.U4(uint32(2001)), secs2.L(values...))))
}

func rows() secs2.Item {
	rows := make([]secs2.Item, 0, 1000)
	for i := 0; i < 1000; i++ {
		rows = append(rows, secs2.L(secs2.A("WAFER-01"), secs2.U4(uint32(i)), secs2.F4(float32(i)/2)))
	}
	return secs2.L(rows...)
}

func u4() []uint32 {
	values := make([]uint32, 10000)
	for i := range values {
		values[i] = uint32(i) * 77777
	}
	return values
}

func f8() []float64 {
	values := make([]float64, 10000)
	for i := range values {
		values[i] = float64(i) * 1.1
	}
	return values
}

// read takes every scalar and text of a tree, and the first value of an array.
func read(item secs2.Item) {
	switch {
	case item.IsList():
		for child := range item.Items() {
			read(child)
		}
	case item.IsASCII():
		keep, _ = item.ToASCII()
	case item.IsUint32():
		keep, _ = item.UintAt(0)
	case item.IsBinary():
		keep, _ = item.ByteAt(0)
	default:
		keep, _ = item.FloatAt(0)
	}
}

func benchCodec(b *testing.B, build func() secs2.Item) {
	item := build()
	bytes := item.ToBytes()
	b.Run("build+encode", func(b *testing.B) {
		for i := 0; i < b.N; i++ {
			keep = build().ToBytes()
		}
	})
	b.Run("encode", func(b *testing.B) {
		for i := 0; i < b.N; i++ {
			keep = item.ToBytes()
		}
	})
	b.Run("decode", func(b *testing.B) {
		for i := 0; i < b.N; i++ {
			keep, _ = secs2.DecodeOwned(bytes)
		}
	})
	b.Run("decode+read", func(b *testing.B) {
		for i := 0; i < b.N; i++ {
			decoded, _ := secs2.DecodeOwned(bytes)
			read(decoded)
		}
	})
}

func BenchmarkS1F2(b *testing.B)  { benchCodec(b, s1f2) }
func BenchmarkS6F11(b *testing.B) { benchCodec(b, s6f11) }
func BenchmarkU4(b *testing.B) {
	values := u4()
	benchCodec(b, func() secs2.Item { return secs2.U4(values) })
}
func BenchmarkF8(b *testing.B) {
	values := f8()
	benchCodec(b, func() secs2.Item { return secs2.F8(values) })
}
func BenchmarkB(b *testing.B) {
	bytes := make([]byte, 1<<20)
	benchCodec(b, func() secs2.Item { return secs2.B(bytes) })
}
func BenchmarkRows(b *testing.B) { benchCodec(b, rows) }

func BenchmarkSML(b *testing.B) {
	item := s6f11()
	text := "S6F11 W\n" + item.ToSML() + "\n."
	b.Run("print", func(b *testing.B) {
		for i := 0; i < b.N; i++ {
			keep = item.ToSML()
		}
	})
	parser := sml.NewParser()
	b.Run("parse", func(b *testing.B) {
		for i := 0; i < b.N; i++ {
			messages, err := parser.Parse(text)
			if err != nil || len(messages) != 1 {
				b.Fatal(err)
			}
			keep = messages
		}
	})
}
