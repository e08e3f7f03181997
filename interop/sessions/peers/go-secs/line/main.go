// A go-secs host or equipment on SECS-I over TCP: tells on standard output, one JSON object a line, which primaries it
// got, and does what a JSON line on standard input asks for. Usage: go-secs-line host|equipment dial|listen PORT
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"sync"
	"time"

	"github.com/arloliu/go-secs/v2/hsms"
	"github.com/arloliu/go-secs/v2/logger"
	"github.com/arloliu/go-secs/v2/secs1"
	"github.com/arloliu/go-secs/v2/secs2"
)

var output sync.Mutex

func tell(fields map[string]any) {
	text, err := json.Marshal(fields)
	must(err)
	output.Lock()
	defer output.Unlock()
	_, err = os.Stdout.Write(append(text, '\n'))
	must(err)
}

func main() {
	port, err := strconv.Atoi(os.Args[3])
	must(err)
	logger.SetLevel(logger.FatalLevel)
	options := []secs1.Option{secs1.WithHost(), secs1.WithActive()}
	if os.Args[1] == "equipment" {
		options[0] = secs1.WithEquipment()
	}
	if os.Args[2] == "listen" {
		options[1] = secs1.WithPassive()
	}
	options = append(options, secs1.WithDeviceID(10), secs1.WithT5(time.Second))
	config, err := secs1.NewConfig("127.0.0.1", port, options...)
	must(err)
	conn, err := secs1.New(config)
	must(err)
	conn.AddDataMessageHandler(func(message *hsms.DataMessage, endpoint hsms.SECS2Endpoint) {
		tell(map[string]any{
			"kind": "got", "stream": message.Stream(), "function": message.Function(), "length": len(message.ToBytes()) - 14,
		})
		var reply secs2.Item = secs2.L()
		if message.Stream() == 7 {
			reply = secs2.B(byte(0))
		}
		if err := endpoint.ReplyDataMessage(context.Background(), message, reply); err != nil {
			fmt.Fprintln(os.Stderr, "reply:", err)
		}
	})
	must(conn.Open(context.Background(), hsms.OpenBackground))
	tell(map[string]any{"kind": "ready"})
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		var command struct {
			Do    string
			Bytes int
		}
		must(json.Unmarshal(lines.Bytes(), &command))
		go do(conn, command.Do, command.Bytes)
	}
}

func do(conn secs1.Connection, name string, bytes int) {
	var reply *hsms.DataMessage
	var err error
	if name == "big" {
		item := secs2.L(secs2.A("recipe"), secs2.B(make([]byte, bytes)))
		reply, err = conn.SendDataMessage(context.Background(), 7, 3, true, item)
	} else {
		reply, err = conn.SendDataMessage(context.Background(), 1, 1, true, secs2.NewEmptyItem())
	}
	result := map[string]any{"kind": "result", "name": name}
	if err != nil {
		result["error"] = err.Error()
	} else {
		result["function"] = reply.Function()
	}
	tell(result)
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
