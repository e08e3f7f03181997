package main

import (
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"os"
	"sync"

	"github.com/arloliu/go-secs/v2/hsms"
)

type line map[string]any

var output sync.Mutex

func tell(fields line) {
	text, err := json.Marshal(fields)
	must(err)
	output.Lock()
	defer output.Unlock()
	_, err = os.Stdout.Write(append(text, '\n'))
	must(err)
}

func tellFrame(event hsms.WireEvent) {
	fields := frame(event.Frame)
	fields["kind"] = "received"
	if event.Direction == hsms.WireOutbound {
		fields["kind"] = "sent"
	}
	tell(fields)
}

// frame splits the bytes of a frame, length prefix included.
func frame(bytes []byte) line {
	return line{
		"sessionId":   binary.BigEndian.Uint16(bytes[4:]),
		"byte2":       bytes[6],
		"byte3":       bytes[7],
		"pType":       bytes[8],
		"sType":       bytes[9],
		"systemBytes": binary.BigEndian.Uint32(bytes[10:]),
		"body":        hex.EncodeToString(bytes[14:]),
	}
}
