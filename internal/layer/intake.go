package layer

// Layers that come with a folder to import: files that say themselves what they are.

import (
	"maps"
	"slices"
	"strings"

	"yipanqi/internal/db"
	"yipanqi/internal/errs"
	"yipanqi/internal/intake"
	"yipanqi/internal/journal"
	"yipanqi/internal/network"
	"yipanqi/internal/register"
	"yipanqi/internal/say"
	"yipanqi/internal/table"
)

// Files are those that layers are imported from.
func Files() []intake.File {
	return []intake.File{{Path: "layers/*.geojson", Title: "图层", Last: true,
		Help: "一个文件一个图层，GeoJSON，写明 coordinate_system；layer 里写 kind、area（区域代码）、name、source、valid_on，" +
			"底图还要 approval（审图号）。每个位置的属性：name 名称、area 区域代码、persons 人数",
		After: []string{network.AreaCodes.File}, Text: takeFile}}
}

func takeFile(r *intake.Run, file, body string) (bool, error) {
	d, err := Read(r.Tx.Context, []byte(body), Head{})
	if err == nil && r.Lost(network.AreaCodes.File, d.Head.Area) {
		return false, nil // what is wrong with the area its own file is told
	}
	changed := false
	if err == nil {
		changed, err = d.bring(r.Tx)
	}
	if err != nil && errs.KindOf(err) == errs.Internal {
		return false, err
	}
	r.Refuse(problems(file, err))
	return changed, nil
}

// problems are what a refusal says, field by field of the file's head.
func problems(file string, err error) (all table.Problems) {
	if err == nil {
		return nil
	}
	fields := errs.FieldsOf(err)
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		p := table.Problem{File: file, Column: name, Reason: fields[name]}
		switch name {
		case "file": // of the positions in it
			p.Column = ""
		case "kind":
			p.Reason = say.New("layer 里的 kind 请填 %s 之一。", kindCodes())
		}
		all = append(all, p)
	}
	if len(all) == 0 {
		all = table.Problems{{File: file, Reason: errs.WordsOf(err)}}
	}
	return all
}

func kindCodes() string {
	var codes []string
	for _, k := range register.LayerKinds {
		codes = append(codes, k.Code)
	}
	return strings.Join(codes, "、")
}

// bring keeps a file's layer, if it is not there as it is.
func (d *Data) bring(tx *db.Tx) (bool, error) {
	area, err := network.NewestArea(tx, d.Head.Area)
	if errs.KindOf(err) == errs.Missing {
		why := say.New("没有代码为“%s”的区域。请改成 areas.csv 里有的代码，或先导入这个区域。", d.Head.Area)
		if d.Head.Area == "" {
			why = say.New("没有写是哪个区域的。请在 layer 里写 area，填区域代码。")
		}
		return false, errs.Fields{"area": why}.Check("没有存：请先改正标出的地方。")
	}
	if err != nil {
		return false, err
	}
	before, err := All(tx)
	if err != nil {
		return false, err
	}
	for _, l := range before {
		if l.Kind == d.Head.Kind && l.Area == area.Code && l.Digest == d.Digest {
			return false, nil
		}
	}
	_, err = d.put(tx, journal.System, area, "")
	return err == nil, err
}
