package db

import (
	"errors"
	"net"
	"strings"
	"unicode/utf8"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"

	"yipanqi/internal/errs"
)

// Codes: https://www.postgresql.org/docs/15/errcodes-appendix.html, https://sqlite.org/rescode.html
const (
	pgUnique, pgForeign     = "23505", "23503"
	pgSerialize, pgDeadlock = "40001", "40P01"
	pgOutOfMemory           = "53200" // also "not enough elements in RWConflictPool"
	liteBusy, liteLocked    = 5, 6
	liteUnique, litePrimary = 2067, 1555
	liteForeign             = 787
)

// retryable: the transaction did nothing wrong, another one was in its way.
func retryable(err error) bool {
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok {
		return pg.Code == pgSerialize || pg.Code == pgDeadlock || pg.Code == pgOutOfMemory
	}
	if lite, ok := errors.AsType[*sqlite.Error](err); ok {
		return lite.Code()&0xff == liteBusy || lite.Code()&0xff == liteLocked
	}
	return false
}

// known turns constraint errors, which a user can cause, into errs; all others stay as they are.
func known(err error) error {
	if err == nil {
		return nil
	}
	code := ""
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok {
		code = map[string]string{pgUnique: "unique", pgForeign: "foreign"}[pg.Code]
	} else if lite, ok := errors.AsType[*sqlite.Error](err); ok {
		code = map[int]string{liteUnique: "unique", litePrimary: "unique", liteForeign: "foreign"}[lite.Code()]
	} else if op, ok := errors.AsType[*net.OpError](err); ok {
		return &errs.Error{Kind: errs.Internal, Msg: "连不上数据库，请稍后再试或联系系统管理员。", Err: op}
	}
	switch code {
	case "unique":
		return &errs.Error{Kind: errs.Conflict, Msg: "已经有同样的一条记录，不能重复建立。", Err: err}
	case "foreign":
		return &errs.Error{Kind: errs.Conflict, Msg: "引用的内容不存在，或者还有别的内容引用着它。", Err: err}
	}
	return err
}

// Spoke says whether the database itself worded the error that err wraps: words for a log, not for a user.
func Spoke(err error) bool {
	_, pg := errors.AsType[*pgconn.PgError](err)
	_, lite := errors.AsType[*sqlite.Error](err)
	return pg || lite
}

// storable refuses texts that PostgreSQL cannot keep, so that both databases take the same. The doors name the field
// long before (errs.Unreadable); this is what no door has seen, such as the text of an uploaded document.
func storable(args []any) error {
	for _, arg := range args {
		if text, ok := arg.(string); ok && (!utf8.ValidString(text) || strings.IndexByte(text, 0) >= 0) {
			return errs.Invalidf("内容里有读不出来的字符或空字符（U+0000），没有处理。请删去后重试。")
		}
	}
	return nil
}
