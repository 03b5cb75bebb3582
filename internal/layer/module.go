package layer

// What the rest of the program knows of this module.

import (
	"yipanqi/internal/auth"
	"yipanqi/internal/db"
	"yipanqi/internal/held"
	"yipanqi/internal/intake"
	"yipanqi/internal/journal"
	"yipanqi/internal/module"
	"yipanqi/internal/network"
	"yipanqi/internal/say"
	"yipanqi/internal/sign"
	"yipanqi/internal/table"
	"yipanqi/internal/trail"
)

var words = map[string]say.Key{VerbUpload: "上传图层", VerbWithdraw: "撤下图层"}

var verbs = auth.Name(map[string]say.Key{VerbRead: "看图层", VerbUpload: words[VerbUpload],
	VerbWithdraw: words[VerbWithdraw]})

// Module is layers.
func Module() module.Module {
	return module.Module{Name: "layer", Grants: grants, Words: verbs, English: english, Routes: Routes,
		Nav:    []module.Nav{{Label: "图层", Group: module.GroupData, URL: "/layers", Verb: VerbRead, Order: 46}},
		Places: []trail.Place{Trail()}, Verify: Verify, Files: Files(),
	}
}

// Verify names every layer that is not what the journal says.
func Verify(tx *db.Tx, _ sign.PublicKey) ([]journal.Finding, error) {
	all, err := All(tx)
	rows := map[string]held.Row{}
	for _, l := range all {
		if l, err = withBody(tx, l); err != nil {
			return nil, err
		}
		rows[l.Object()] = l.row()
	}
	if err != nil {
		return nil, err
	}
	return held.Verify(tx, held.Table{Name: "layers", Kind: "layer", Begin: []string{VerbUpload}, Rows: rows})
}

// Files are layers that come with a folder to import: each says under "layer" what it is.
func Files() []intake.File {
	return []intake.File{{Path: "layers/*.geojson", Title: "图层", Last: true,
		Help: "一个文件一个图层，GeoJSON，写明 coordinate_system；layer 里写 kind、area（区域代码）、name、source、valid_on，" +
			"底图还要 approval（审图号）。每个位置的属性：name 名称、area 区域代码、persons 人数",
		After: []string{network.AreaCodes.File}, Text: takeFile}}
}

func takeFile(r *intake.Run, file, body string) (bool, error) {
	d, err := Read(r.Tx.Context, []byte(body), Head{})
	var area network.Area
	if err == nil {
		area, err = network.NewestArea(r.Tx, d.Head.Area)
	}
	if err == nil {
		var before []Layer
		if before, err = All(r.Tx); err != nil {
			return false, err
		}
		for _, l := range before {
			if l.Kind == d.Head.Kind && l.Area == area.Code && l.Digest == d.Digest {
				return false, nil
			}
		}
		_, err = d.put(r.Tx, journal.System, area, "")
	}
	if err != nil {
		r.Refuse(table.Problems{{File: file, Reason: say.New("%s", err.Error())}})
		return false, nil
	}
	return true, nil
}
