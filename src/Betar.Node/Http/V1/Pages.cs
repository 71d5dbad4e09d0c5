using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Betar.Node.Errors;

namespace Betar.Node.Http.V1;

/// <summary>Cuts a list into pages. A cursor names the last item that was shown, so that what is added before it moves nothing.</summary>
internal static class Pages
{
    public const int DefaultLimit = 50;
    public const int MaxLimit = 500;
    private const int MaxCursor = 1_024;

    /// <param name="answer">A list, or a page that the operation has cut itself.</param>
    /// <param name="request">Carries limit and cursor.</param>
    /// <param name="key">The field that tells items apart.</param>
    public static ApiAnswer Of(JsonElement answer, ApiRequest request, string key)
    {
        if (answer.ValueKind != JsonValueKind.Array)
            return ApiAnswer.Json(answer);
        Checked<int?> limit = request.Number("limit", 1, MaxLimit);
        if (!limit.IsOk)
            return ApiAnswer.Refused(limit.Refusal);
        List<JsonElement> items = [.. answer.EnumerateArray()];
        int from = 0;
        if (request.Query("cursor") is { } cursor)
        {
            from = TryRead(cursor, out string after) ? items.FindIndex(item => Key(item, key) == after) + 1 : 0;
            if (from == 0)
                return ApiAnswer.Refused(ErrorCatalog.BadCursor.Refuse("The cursor names nothing that is in this list"));
        }

        List<JsonElement> page = items.Slice(from, Math.Min(limit.Value ?? DefaultLimit, items.Count - from));
        bool isLast = from + page.Count == items.Count;
        return ApiAnswer.Json(writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("items");
            foreach (JsonElement item in page)
                item.WriteTo(writer);
            writer.WriteEndArray();
            writer.WriteString("next", isLast ? null : Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Key(page[^1], key))));
            writer.WriteEndObject();
        });
    }

    private static string Key(JsonElement item, string key) => item.TryGetProperty(key, out JsonElement value) ? value.ToString() : "";

    public static bool TryRead(string cursor, out string key)
    {
        key = "";
        if (cursor.Length > MaxCursor || !Base64Url.IsValid(cursor))
            return false;
        key = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor));
        return true;
    }
}
