package form

// Files of forms, one form each.

import (
	"yipanqi/internal/element"
	"yipanqi/internal/intake"
	"yipanqi/internal/network"
)

// Codes are what other files call forms by.
var Codes = intake.Codes[Form]{Name: "报表", File: "forms/*.yaml", Load: ByCode}

// Files are those that forms are imported from.
func Files() []intake.File {
	return []intake.File{{Path: Codes.File, Title: "报表",
		Help:  "一表一个文件，写法见例子：表号、机关、频率、填报层级和单位类别、签字岗位、列、行、各级取数方式、校验。名称也可以用中文：" + keys.Help(),
		After: []string{network.LabelFile, element.CalibreCodes.File, element.Codes.File}, Text: takeFile}}
}

func takeFile(r *intake.Run, file, body string) (bool, error) {
	known, err := LoadKnown(r.Tx)
	if err != nil {
		return false, err
	}
	f, problems := ParseYAML(file, []byte(body), known)
	if r.Refuse(problems); len(problems) > 0 {
		r.Lose(Codes.File, f.Code)
		return false, nil
	}
	if before, err := f.stoodBefore(r.Tx); err != nil || before {
		return false, err // a file of before does not take back what was published since
	}
	_, changed, err := Put(r.Tx, f)
	if err != nil {
		r.Lose(Codes.File, f.Code)
	}
	return changed, err
}
