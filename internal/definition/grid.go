package definition

// Definitions laid out on a sheet of a spreadsheet. Which sections there are is for each module to say.

import (
	"strings"

	"go.yaml.in/yaml/v3"

	"yipanqi/internal/table"
)

// Grid reads a definition laid out on a sheet, line by line, into the mapping that Read would find in a file: under a
// line "# NAME" stand keys with their values, or, where lists says so of the name, a head and a line for each item.
// Empty cells are keys that are left out. "# " alone, and what stands before the first such line, is for people.
func Grid(file string, lines [][]string, keys Keys, lists map[string]bool, root func(*Reader, *Node)) table.Problems {
	r := Reader{file: file, keys: keys}
	top := at(1, &Node{Kind: yaml.MappingNode, Tag: "!!map"})
	g := grid{r: &r, top: top, lists: lists}
	for i, line := range lines {
		g.take(i+1, line)
	}
	root(&r, top)
	r.sort()
	return r.problems
}

// grid is a sheet being read: the section that lines stand in, and its head.
type grid struct {
	r     *Reader
	top   *Node
	into  *Node
	heads []string
	list  bool
	lists map[string]bool
}

func (g *grid) take(number int, line []string) {
	first := cellOf(line, 0)
	if strings.HasPrefix(first, "#") {
		g.section(number, first)
		return
	}
	blank := true
	for _, cell := range line {
		blank = blank && cell == ""
	}
	switch {
	case blank || g.into == nil:
	case !g.list:
		if value := cellOf(line, 1); value != "" {
			g.put(number, g.into, first, value)
		}
	case g.heads == nil:
		g.heads = line
	default:
		item := at(number, &Node{Kind: yaml.MappingNode, Tag: "!!map"})
		for i, value := range line {
			head := cellOf(g.heads, i)
			if value == "" {
				continue
			}
			if head == "" {
				g.r.Problem(item, "第%d列没有表头，里面的“%s”不知道是什么。", i+1, value)
				continue
			}
			g.put(number, item, head, value)
		}
		g.into.Content = append(g.into.Content, item)
	}
}

func (g *grid) put(line int, into *Node, key, value string) {
	into.Content = append(into.Content, at(line, scalar("!!str", key)), at(line, scalar("!!str", value)))
}

func (g *grid) section(number int, mark string) {
	name := strings.TrimSpace(strings.TrimLeft(mark, "#"))
	key := g.r.keys.key(name)
	g.heads, g.list, g.into = nil, g.lists[key], nil
	switch {
	case name == "":
	case g.list:
		g.into = at(number, &Node{Kind: yaml.SequenceNode, Tag: "!!seq"})
		g.top.Content = append(g.top.Content, at(number, scalar("!!str", name)), g.into)
	case key == "head":
		g.into = g.top
	default:
		g.into = at(number, &Node{Kind: yaml.MappingNode, Tag: "!!map"})
		g.top.Content = append(g.top.Content, at(number, scalar("!!str", name)), g.into)
	}
}

func at(line int, n *Node) *Node {
	n.Line = line
	return n
}

func cellOf(line []string, i int) string {
	if i < len(line) {
		return line[i]
	}
	return ""
}
