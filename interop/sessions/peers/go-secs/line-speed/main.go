// A go-secs host or equipment on SECS-I over TCP, to be measured: answers questions, one JSON object a line. Usage:
// go-secs-line-speed host|equipment PORT
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strconv"
	"time"

	"github.com/arloliu/go-secs/v2/hsms"
	"github.com/arloliu/go-secs/v2/logger"
	"github.com/arloliu/go-secs/v2/secs1"
	"github.com/arloliu/go-secs/v2/secs2"
)

type question struct {
	ID     int
	Name   string
	Values []int
}

func main() {
	port, err := strconv.Atoi(os.Args[2])
	must(err)
	logger.SetLevel(logger.FatalLevel)
	options := []secs1.Option{secs1.WithHost(), secs1.WithActive(), secs1.WithDeviceID(10), secs1.WithT5(time.Second)}
	equipment := os.Args[1] == "equipment"
	if equipment {
		options[0], options[1] = secs1.WithEquipment(), secs1.WithPassive()
	}
	config, err := secs1.NewConfig("127.0.0.1", port, options...)
	must(err)
	conn, err := secs1.New(config)
	must(err)
	conn.AddDataMessageHandler(func(message *hsms.DataMessage, endpoint hsms.SECS2Endpoint) {
		var reply secs2.Item = secs2.B(byte(0))
		if message.Stream() == 1 {
			reply = secs2.L(secs2.A("MDLN"), secs2.A("1.0.0"))
		}
		if err := endpoint.ReplyDataMessage(context.Background(), message, reply); err != nil {
			fmt.Fprintln(os.Stderr, "reply:", err)
		}
	})
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		var asked question
		must(json.Unmarshal(lines.Bytes(), &asked))
		tell(asked, conn, equipment)
	}
}

func tell(asked question, conn secs1.Connection, equipment bool) {
	value, err := answer(asked, conn, equipment)
	fields := map[string]any{"id": asked.ID, "value": value}
	if err != nil {
		fields = map[string]any{"id": asked.ID, "error": err.Error()}
	}
	text, err := json.Marshal(fields)
	must(err)
	fmt.Println(string(text))
}

func answer(asked question, conn secs1.Connection, equipment bool) (any, error) {
	switch asked.Name {
	case "up":
		mode := hsms.OpenWaitSelected
		if equipment {
			mode = hsms.OpenBackground
		}
		return nil, conn.Open(context.Background(), mode)
	case "trips":
		return repeated(asked.Values[0], func() error {
			reply, err := conn.SendDataMessage(context.Background(), 1, 1, true, secs2.NewEmptyItem())
			if err != nil {
				return err
			}
			list, err := reply.Item()
			if err != nil {
				return err
			}
			item, err := list.Get(0)
			if err != nil {
				return err
			}
			if model, err := item.ToASCII(); err != nil || model != "MDLN" {
				return errors.New("another answer")
			}
			return nil
		})
	case "bulk":
		item := secs2.L(secs2.A("recipe"), secs2.B(make([]byte, asked.Values[1])))
		return repeated(asked.Values[0], func() error {
			_, err := conn.SendDataMessage(context.Background(), 7, 3, true, item)
			return err
		})
	}
	return nil, errors.New("no such question: " + asked.Name)
}

func repeated(milliseconds int, once func() error) (any, error) {
	begun := time.Now()
	end := begun.Add(time.Duration(milliseconds) * time.Millisecond)
	count := 0
	for ; time.Now().Before(end); count++ {
		if err := once(); err != nil {
			return nil, err
		}
	}
	return map[string]any{"count": count, "seconds": time.Since(begun).Seconds()}, nil
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
