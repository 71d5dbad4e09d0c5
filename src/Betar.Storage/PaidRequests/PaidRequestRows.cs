using System.Text.Json;
using Betar.Ethereum;
using Betar.Storage.Database;
using Betar.Storage.Sqlite;
using Betar.X402;
using Betar.X402.Selling;

namespace Betar.Storage.PaidRequests;

/// <summary>Paid requests as rows. Headers are kept in their order, as a JSON list of names and values by turns.</summary>
internal static class PaidRequestRows
{
    public static PaidRequestRow? Read(PreparedStatements statements, SqliteConnection connection, PaymentKey payment)
    {
        var row = statements.Get(connection, "SELECT fingerprint, state, status, headers, body FROM paid_request WHERE payment = ?1").Bind(1, payment.ToString());
        try
        {
            if (!row.Step())
                return null;
            var state = (PaidRequestState)row.GetInt64(1);
            if (row.GetBlob(0).Length != Hash32.Size || !Enum.IsDefined(state))
                throw Unreadable(payment.ToString(), connection.Path);
            return new PaidRequestRow(new Hash32(row.GetBlob(0)), state, state == PaidRequestState.Open ? null : Answer(row, 2, payment.ToString(), connection.Path));
        }
        finally
        {
            row.Reset();
        }
    }

    /// <summary>The last final answer that is kept for this payer and request.</summary>
    public static StoredAnswer? FindBought(Reader reader, Address payer, Hash32 fingerprint, DateTimeOffset now)
    {
        var row = reader.Prepare(
                "SELECT payment, status, headers, body FROM paid_request WHERE payer = ?1 AND fingerprint = ?2 AND state = 2 AND keep_until >= ?3 ORDER BY id DESC LIMIT 1")
            .Bind(1, payer.ToLowerHex()).Bind(2, fingerprint.ToArray()).Bind(3, now.ToUnixTimeMilliseconds());
        try
        {
            return row.Step() ? Answer(row, 1, row.GetText(0), reader.Connection.Path) : null;
        }
        finally
        {
            row.Reset();
        }
    }

    /// <summary>How much an answer counts.</summary>
    public static long Size(StoredAnswer? answer) => answer is null ? 0 : answer.Body.Length + answer.Headers.Sum(header => (long)header.Key.Length + header.Value.Length);

    public static void Write(PreparedStatements statements, SqliteConnection connection, PaymentKey payment, PaidRequestRow row, DateTimeOffset keepUntil)
    {
        var (status, headers, body) = row.Answer is { } answer ? (answer.Status, Headers(answer), answer.Body) : (0, "[]"u8.ToArray(), default);
        statements.Get(connection,
                "INSERT INTO paid_request (payment, fingerprint, state, keep_until, bytes, status, headers, body, payer) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) "
                + "ON CONFLICT (payment) DO UPDATE SET state = ?3, keep_until = ?4, bytes = ?5, status = ?6, headers = ?7, body = ?8")
            .Bind(1, payment.ToString()).Bind(2, row.Fingerprint.ToArray()).Bind(3, (long)row.State).Bind(4, keepUntil.ToUnixTimeMilliseconds())
            .Bind(5, Size(row.Answer)).Bind(6, status).Bind(7, headers).Bind(8, body.Span).Bind(9, payment.From.ToLowerHex()).Run();
    }

    private static byte[] Headers(StoredAnswer answer) =>
        JsonSerializer.SerializeToUtf8Bytes(answer.Headers.SelectMany(header => (string[])[header.Key, header.Value]));

    /// <summary>Status, headers and body from this column on.</summary>
    private static StoredAnswer Answer(SqliteStatement row, int column, string payment, string path)
    {
        try
        {
            var words = JsonSerializer.Deserialize<string[]>(row.GetBlob(column + 1)) ?? [];
            return new StoredAnswer(
                (int)row.GetInt64(column), [.. words.Chunk(2).Select(pair => KeyValuePair.Create(pair[0], pair[1]))], row.GetBlob(column + 2).ToArray());
        }
        catch (Exception odd) when (odd is JsonException or IndexOutOfRangeException)
        {
            throw Unreadable(payment, path);
        }
    }

    private static StorageException Unreadable(string payment, string path) =>
        new(StorageFailure.Corrupt, $"The paid request of {payment} in {path} cannot be read; restore the file from a backup.");
}
