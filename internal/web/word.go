package web

// Documents as answers: one way for all modules, so that none forgets the mark of a sample.

import (
	"bytes"

	"yipanqi/internal/document"
	"yipanqi/internal/setting"
)

// Word is a document as a file to save and print. A sample's says on every page that it is one.
func Word(r *Request, name string, d document.Document) (File, error) {
	sample, err := setting.IsSample(r.Tx)
	if err != nil {
		return File{}, err
	}
	if sample {
		d.Sample = document.SampleMark
	}
	var b bytes.Buffer
	err = document.Write(&b, d)
	return File{Name: document.FileName(name), MediaType: document.MediaType, Body: b.Bytes()}, err
}
