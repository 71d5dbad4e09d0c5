using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Betar.Node.Errors;
using Betar.Node.Http.Operations;
using Betar.Node.Workflows;
using Betar.Storage.Ledger;
using Betar.Storage.Sessions;

namespace Betar.Node.Http.V1;

/// <summary>A list that its operation gives in parts, each after an item of the one before: it can be read to its end, however long it is.</summary>
/// <param name="After">The argument that names the last item of the part before.</param>
/// <param name="Key">The field by which an item is named. What has none belongs to the first part, whatever its size.</param>
/// <param name="Most">As many items as the operation gives at once.</param>
internal sealed record OperationPaging(string After, string Key, int Most)
{
    private static readonly Dictionary<string, OperationPaging> s_lists = new(StringComparer.Ordinal)
    {
        ["orders.list"] = new("after", "cursor", OrderQuery.MostOrders) { IsNumber = true },
        ["sessions.list"] = new("after", "callerId", SessionQuery.MostSessions),
        ["workflows.list"] = new("before", "id", WorkflowControl.MostListed),
    };

    /// <summary>True when the operation takes the name as a number.</summary>
    public bool IsNumber { get; init; }

    /// <summary>Null: the operation gives all of its list at once, or cuts it into pages itself.</summary>
    public static OperationPaging? Of(string operation) => s_lists.GetValueOrDefault(operation);

    /// <summary>Part after part, up to a bound.</summary>
    public async Task<Checked<IReadOnlyList<JsonElement>>> AllAsync(
        NodeOperations operations, string operation, Action<Utf8JsonWriter> more, int bound, CancellationToken cancellation)
    {
        List<JsonElement> all = [];
        string after = "";
        while (true)
        {
            string last = after;
            Checked<JsonElement> part = await operations.CallAsync(operation, writer => Write(writer, more, last), cancellation);
            if (!part.IsOk)
                return part.Refusal;
            all.AddRange(part.Value.EnumerateArray());
            after = part.Value.EnumerateArray().Where(item => item.TryGetProperty(Key, out _)).Select(item => item.GetProperty(Key).ToString()).LastOrDefault("");
            if (part.Value.GetArrayLength() < Most || after.Length == 0 || after == last || all.Count >= bound)
                return Checked.Of<IReadOnlyList<JsonElement>>(all);
        }
    }

    private void Write(Utf8JsonWriter writer, Action<Utf8JsonWriter> more, string after)
    {
        more(writer);
        writer.WriteNumber("limit", Most);
        WriteAfter(writer, after);
    }

    private void WriteAfter(Utf8JsonWriter writer, string after)
    {
        if (after.Length > 0 && IsNumber)
            writer.WriteNumber(After, long.Parse(after, CultureInfo.InvariantCulture));
        else if (after.Length > 0)
            writer.WriteString(After, after);
    }

    /// <summary>One item more than is shown, which says whether there is another page.</summary>
    public Checked<Action<Utf8JsonWriter>> Arguments(ApiRequest request)
    {
        Checked<int?> limit = request.Number("limit", 1, Pages.MaxLimit);
        if (!limit.IsOk)
            return limit.Refusal;
        string after = "";
        if (request.Query("cursor") is { } cursor && (!Pages.TryRead(cursor, out after) || (IsNumber && !long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out _))))
            return ErrorCatalog.BadCursor.Refuse("The cursor names nothing that is in this list");
        return Checked.Of<Action<Utf8JsonWriter>>(writer =>
        {
            writer.WriteNumber("limit", Shown(limit.Value) + 1);
            WriteAfter(writer, after);
        });
    }

    public ApiAnswer Answer(JsonElement answer, ApiRequest request)
    {
        if (answer.ValueKind != JsonValueKind.Array)
            return ApiAnswer.Json(answer);
        int most = Shown(request.Number("limit", 1, Pages.MaxLimit).Value);
        List<JsonElement> named = [.. answer.EnumerateArray().Where(item => item.TryGetProperty(Key, out _))];
        List<JsonElement> page = [.. named.Take(most), .. answer.EnumerateArray().Where(item => !item.TryGetProperty(Key, out _))];
        string? next = named.Count > most ? named[most - 1].GetProperty(Key).ToString() : null;
        return ApiAnswer.Json(writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("items");
            foreach (JsonElement item in page)
                item.WriteTo(writer);
            writer.WriteEndArray();
            writer.WriteString("next", next is null ? null : Base64Url.EncodeToString(Encoding.UTF8.GetBytes(next)));
            writer.WriteEndObject();
        });
    }

    private int Shown(int? limit) => Math.Min(limit ?? Pages.DefaultLimit, Most - 1);
}
