// go-secs on both sides of the benchmark: the same messages as bench/speed/rxsecs.ts, by its own interface.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"sort"
	"sync"
	"time"

	"github.com/arloliu/go-secs/v2/hsms"
	"github.com/arloliu/go-secs/v2/hsmsss"
	"github.com/arloliu/go-secs/v2/logger"
	"github.com/arloliu/go-secs/v2/secs2"
)

const (
	host     = "127.0.0.1"
	model    = "MDLN"
	revision = "1.0.0"
	state    = "ABCDEFGHIJKLMNOP"
	values   = 20
)

var (
	events   = newTally()
	programs = newTally()
	hosts    []hsmsss.Connection
	tools    []hsmsss.Connection
)

type question struct {
	ID     int    `json:"id"`
	Name   string `json:"name"`
	Values []int  `json:"values"`
}

func main() {
	logger.SetLevel(logger.FatalLevel)
	var output sync.Mutex
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		var q question
		if err := json.Unmarshal(lines.Bytes(), &q); err != nil {
			panic(err)
		}
		go func() {
			result := map[string]any{"id": q.ID}
			if value, err := answer(q.Name, q.Values); err != nil {
				result["error"] = err.Error()
			} else {
				result["value"] = value
			}
			text, _ := json.Marshal(result)
			output.Lock()
			defer output.Unlock()
			fmt.Println(string(text))
		}()
	}
}

func answer(name string, v []int) (any, error) {
	switch name {
	case "listen":
		return nil, listen(v[0], v[1])
	case "connect":
		return connect(v[0], v[1])
	case "roundTrips":
		return roundTrips(v[0], time.Duration(v[1])*time.Millisecond)
	case "sendEvents":
		return sendEvents(v[0])
	case "receiveEvents":
		return events.receive(v[0]), nil
	case "sendPrograms":
		return sendPrograms(v[0], v[1])
	case "receivePrograms":
		return programs.receive(v[0]), nil
	case "eventsOfAll":
		return eventsOfAll(time.Duration(v[0]) * time.Millisecond)
	case "collect":
		debug.FreeOSMemory()
		return nil, nil
	}
	return nil, errors.New("unknown question " + name)
}

type tally struct {
	mutex   sync.Mutex
	changed *sync.Cond
	count   int
	sum     float64
	wanted  int
	last    float64
}

type received struct {
	End float64 `json:"end"`
	Sum float64 `json:"sum"`
}

type begun struct {
	Begin float64 `json:"begin"`
}

func newTally() *tally {
	t := &tally{wanted: -1}
	t.changed = sync.NewCond(&t.mutex)
	return t
}

func epoch() float64 { return float64(time.Now().UnixNano()) / 1e6 }

func (t *tally) add(value float64) {
	t.mutex.Lock()
	t.count++
	t.sum += value
	if t.count == t.wanted {
		t.changed.Signal()
	}
	t.mutex.Unlock()
}

func (t *tally) receive(count int) received {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	t.wanted = count
	for t.count < count {
		t.changed.Wait()
	}
	result := received{epoch(), t.sum}
	t.count, t.sum, t.wanted = 0, 0, -1
	return result
}

func open(port int, mode hsms.OpenMode, handler hsms.DataMessageHandler, role ...hsmsss.Option) (hsmsss.Connection, error) {
	options := append(role, hsmsss.WithConnectionOption(hsms.WithSessionID(1)))
	config, err := hsmsss.NewConfig(host, port, options...)
	if err != nil {
		return nil, err
	}
	conn, err := hsmsss.New(config)
	if err != nil {
		return nil, err
	}
	conn.AddDataMessageHandler(handler)
	return conn, conn.Open(context.Background(), mode)
}

func listen(from, count int) error {
	for i := 0; i < count; i++ {
		tool, err := open(from+i, hsms.OpenBackground, onToolMessage, hsmsss.WithPassive(), hsmsss.WithEquipRole())
		if err != nil {
			return err
		}
		tools = append(tools, tool)
	}
	return nil
}

func connect(from, count int) (float64, error) {
	begin := time.Now()
	opened := make([]hsmsss.Connection, count)
	failures := make(chan error, count)
	var all sync.WaitGroup
	for i := range opened {
		all.Go(func() {
			var err error
			opened[i], err = open(from+i, hsms.OpenWaitSelected, onHostMessage, hsmsss.WithActive(), hsmsss.WithHostRole())
			if err != nil {
				failures <- err
			}
		})
	}
	all.Wait()
	hosts = append(hosts, opened...)
	if len(failures) > 0 {
		return 0, <-failures
	}
	return time.Since(begin).Seconds(), nil
}

func onToolMessage(message *hsms.DataMessage, endpoint hsms.SECS2Endpoint) {
	switch message.Stream() {
	case 1:
		reply := secs2.L(secs2.A(model), secs2.A(revision))
		if err := endpoint.ReplyDataMessage(context.Background(), message, reply); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
	case 7:
		item, err := message.Item()
		must(err)
		program, err := item.Get(1)
		must(err)
		bytes, err := program.ToBinary()
		must(err)
		programs.add(float64(len(bytes) + int(bytes[len(bytes)-1])))
	}
}

func onHostMessage(message *hsms.DataMessage, endpoint hsms.SECS2Endpoint) {
	events.add(sumOf(message))
	if message.WaitBit() {
		if err := endpoint.ReplyDataMessage(context.Background(), message, secs2.B(byte(0))); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
	}
}

func event(n int) secs2.Item {
	list := make([]secs2.Item, values)
	for k := range list {
		switch k % 3 {
		case 0:
			list[k] = secs2.U4(uint32(n + 1000*k))
		case 1:
			list[k] = secs2.F8(float64(n)/2 + 1.5*float64(k))
		default:
			list[k] = secs2.A(state)
		}
	}
	return secs2.L(
		secs2.U4(uint32(n)), secs2.U4(uint32(1001)), secs2.L(secs2.L(secs2.U4(uint32(2001)), secs2.L(list...))),
	)
}

func number(list secs2.Item, i int) float64 {
	item, err := list.ItemAt(i)
	must(err)
	value, err := item.UintAt(0)
	must(err)
	return float64(value)
}

func sumOf(message *hsms.DataMessage) float64 {
	item, err := message.Item()
	must(err)
	sum := number(item, 0) + number(item, 1)
	reports, err := item.ItemAt(2)
	must(err)
	for i := 0; i < reports.Size(); i++ {
		report, err := reports.ItemAt(i)
		must(err)
		sum += number(report, 0)
		list, err := report.ItemAt(1)
		must(err)
		for k := 0; k < list.Size(); k++ {
			value, err := list.ItemAt(k)
			must(err)
			switch {
			case value.IsASCII():
				text, err := value.ToASCII()
				must(err)
				sum += float64(len(text) + int(text[0]))
			case value.IsFloat64():
				float, err := value.FloatAt(0)
				must(err)
				sum += float
			default:
				whole, err := value.UintAt(0)
				must(err)
				sum += float64(whole)
			}
		}
	}
	return sum
}

type trips struct {
	Count   int     `json:"count"`
	Seconds float64 `json:"seconds"`
	P50     float64 `json:"p50"`
	P99     float64 `json:"p99"`
}

func roundTrips(inFlight int, duration time.Duration) (trips, error) {
	samples := make([][]float64, inFlight)
	failures := make(chan error, inFlight)
	begin := time.Now()
	end := begin.Add(duration)
	var all sync.WaitGroup
	for i := range samples {
		all.Go(func() {
			for now := time.Now(); now.Before(end); {
				if err := oneTrip(); err != nil {
					failures <- err
					return
				}
				before := now
				now = time.Now()
				samples[i] = append(samples[i], float64(now.Sub(before).Nanoseconds())/1000)
			}
		})
	}
	all.Wait()
	seconds := time.Since(begin).Seconds()
	if len(failures) > 0 {
		return trips{}, <-failures
	}
	var sorted []float64
	for _, some := range samples {
		sorted = append(sorted, some...)
	}
	sort.Float64s(sorted)
	at := func(part float64) float64 { return sorted[int(float64(len(sorted))*part)] }
	return trips{len(sorted), seconds, at(0.5), at(0.99)}, nil
}

func oneTrip() error {
	reply, err := hosts[0].SendDataMessage(context.Background(), 1, 1, true, secs2.NewEmptyItem())
	if err != nil {
		return err
	}
	item, err := reply.Item()
	if err != nil {
		return err
	}
	for i, wanted := range []string{model, revision} {
		part, err := item.ItemAt(i)
		if err != nil {
			return err
		}
		if text, err := part.ToASCII(); err != nil || text != wanted {
			return fmt.Errorf("wrong reply: %q (%v)", text, err)
		}
	}
	return nil
}

func sendEvents(count int) (begun, error) {
	begin := epoch()
	for n := 0; n < count; n++ {
		if _, err := tools[0].SendDataMessage(context.Background(), 6, 11, false, event(n)); err != nil {
			return begun{}, err
		}
	}
	return begun{begin}, nil
}

func sendPrograms(count, size int) (begun, error) {
	body := make([]byte, size)
	for i := range body {
		body[i] = 1
	}
	begin := epoch()
	for n := 0; n < count; n++ {
		item := secs2.L(secs2.A("RECIPE-01"), secs2.B(body))
		if _, err := hosts[0].SendDataMessage(context.Background(), 7, 3, false, item); err != nil {
			return begun{}, err
		}
	}
	return begun{begin}, nil
}

type shares struct {
	Counts  []int   `json:"counts"`
	Seconds float64 `json:"seconds"`
}

func eventsOfAll(duration time.Duration) (shares, error) {
	counts := make([]int, len(tools))
	failures := make(chan error, len(tools))
	begin := time.Now()
	end := begin.Add(duration)
	var all sync.WaitGroup
	for i, tool := range tools {
		all.Go(func() {
			for time.Now().Before(end) {
				if _, err := tool.SendDataMessage(context.Background(), 6, 11, true, event(counts[i])); err != nil {
					failures <- err
					return
				}
				counts[i]++
			}
		})
	}
	all.Wait()
	if len(failures) > 0 {
		return shares{}, <-failures
	}
	return shares{counts, time.Since(begin).Seconds()}, nil
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}
