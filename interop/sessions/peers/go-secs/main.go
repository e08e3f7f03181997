// A go-secs host (active) or equipment (passive): tells on standard output, one JSON object a line, which frames cross
// its socket and which states it enters, and does what a JSON line on standard input asks for.
// Usage: go-secs-peer host|equipment PORT
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"time"

	"github.com/arloliu/go-secs/v2/hsms"
	"github.com/arloliu/go-secs/v2/hsmsss"
	"github.com/arloliu/go-secs/v2/logger"
	"github.com/arloliu/go-secs/v2/secs2"
)

const (
	deviceID   = 10
	roundTrips = 1000
)

type peer struct {
	conn  hsmsss.Connection
	model secs2.Item
}

func main() {
	equipment := os.Args[1] == "equipment"
	port, err := strconv.Atoi(os.Args[2])
	must(err)
	// Standard output is for the lines below alone.
	logger.SetLevel(logger.FatalLevel)

	role := []hsmsss.Option{hsmsss.WithActive(), hsmsss.WithHostRole()}
	model := secs2.L()
	if equipment {
		role = []hsmsss.Option{hsmsss.WithPassive(), hsmsss.WithEquipRole()}
		model = secs2.L(secs2.A("go-secs"), secs2.A("2.8.0"))
	}
	options := role
	for _, option := range []hsms.ConnOption{
		hsms.WithSessionID(deviceID),
		hsms.WithT5(time.Second),
		hsms.WithReconnectBackoff(time.Second, 1),
		hsms.WithT6(2 * time.Second),
		hsms.WithT7(3 * time.Second),
		hsms.WithSessionIDValidation(true),
		hsms.WithStrictReplyMatching(true),
		hsms.WithWireObserver(tellFrame),
	} {
		options = append(options, hsmsss.WithConnectionOption(option))
	}
	config, err := hsmsss.NewConfig("127.0.0.1", port, options...)
	must(err)
	conn, err := hsmsss.New(config)
	must(err)

	p := &peer{conn, model}
	conn.SubscribeLifecycle(func(event hsms.LifecycleEvent) {
		tell(line{"kind": "state", "name": stateName(event.Current), "cause": event.Cause.String()})
	})
	conn.AddDataMessageHandler(p.answer)
	must(conn.Open(context.Background(), hsms.OpenBackground))
	tell(line{"kind": "ready"})

	// Standard input ends when the suite is gone.
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		var command struct{ Do string }
		must(json.Unmarshal(lines.Bytes(), &command))
		go p.do(command.Do)
	}
}

func (p *peer) answer(message *hsms.DataMessage, endpoint hsms.SECS2Endpoint) {
	var reply secs2.Item
	switch [2]uint8{message.Stream(), message.Function()} {
	case [2]uint8{1, 1}:
		reply = p.model
	case [2]uint8{1, 13}:
		reply = secs2.L(secs2.B(byte(0)), p.model)
	default:
		return
	}
	if err := endpoint.ReplyDataMessage(context.Background(), message, reply); err != nil {
		fmt.Fprintln(os.Stderr, "reply:", err)
	}
}

func (p *peer) do(name string) {
	var reply *hsms.DataMessage
	var err error
	switch name {
	case "s1f1":
		reply, err = p.request(1, secs2.NewEmptyItem())
	case "s1f13":
		reply, err = p.request(13, p.model)
	case "many":
		for i := 0; i < roundTrips && err == nil; i++ {
			reply, err = p.request(1, secs2.NewEmptyItem())
		}
	case "linktest":
		// go-secs probes by itself only, on an idle link and from its next Select on.
		err = p.conn.UpdateConfigOptions(hsms.WithLinktestInterval(300 * time.Millisecond))
	case "separate":
		// Close separates first. Open listens, or connects, again.
		if err = p.conn.Close(); err == nil {
			err = p.conn.Open(context.Background(), hsms.OpenBackground)
		}
	default:
		err = fmt.Errorf("unknown command %q", name)
	}

	result := line{"kind": "result", "name": name, "reply": nil}
	if err != nil {
		fmt.Fprintf(os.Stderr, "%s: %v\n", name, err)
		result["error"] = err.Error()
	} else if reply != nil {
		result["reply"] = frame(reply.ToBytes())
	}
	tell(result)
}

func (p *peer) request(function byte, item secs2.Item) (*hsms.DataMessage, error) {
	return p.conn.SendDataMessage(context.Background(), 1, function, true, item)
}

func stateName(state hsms.ConnState) string {
	switch state {
	case hsms.SelectedState:
		return "selected"
	case hsms.NotSelectedState:
		return "notSelected"
	default:
		return "notConnected"
	}
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
