using System.Text.Json;
using Betar.Node.Errors;
using Betar.Node.Http.Guarding;
using Betar.Node.Http.Operations;
using Betar.Node.Http.Routing;

namespace Betar.Node.Http.V1;

/// <summary>A route that is one operation of the node: places of the path, parameters and fields of the body become its arguments.</summary>
internal sealed class MappedRoute(RouteNotes notes, string operation, NodeOperations operations)
{
    private const string Purchase = "purchaseId";

    public async Task<ApiAnswer> AnswerAsync(ApiRequest request)
    {
        Checked<Action<Utf8JsonWriter>> arguments = Arguments(request);
        if (!arguments.IsOk)
            return ApiAnswer.Refused(arguments.Refusal);
        Checked<JsonElement> answer = await operations.CallAsync(operation, arguments.Value, request.Aborted, request.Partial);
        if (!answer.IsOk)
            return ApiAnswer.Refused(answer.Refusal);
        if (notes.Paging is { } paging)
            return paging.Answer(answer.Value, request);
        return notes.PageKey is { } key ? Pages.Of(answer.Value, request, key) : ApiAnswer.Json(answer.Value, notes.Status);
    }

    private Checked<Action<Utf8JsonWriter>> Arguments(ApiRequest request)
    {
        List<(string Name, Action<Utf8JsonWriter> Write)> found = [];
        foreach ((string place, string value) in request.Values)
            found.Add((place, writer => writer.WriteStringValue(value)));
        Action<Utf8JsonWriter>? part = null;
        if (notes.Paging is { } paging)
        {
            Checked<Action<Utf8JsonWriter>> asked = paging.Arguments(request);
            if (!asked.IsOk)
                return asked.Refusal;
            part = asked.Value;
        }

        foreach (ApiField field in notes.Query.Where(field => notes.IsCutByOperation || !V1Fields.Page.Contains(field)))
        {
            Checked<Action<Utf8JsonWriter>?> value = QueryValues.Read(request, field);
            if (!value.IsOk)
                return value.Refusal;
            if (value.Value is { } write)
                found.Add((field.Argument ?? field.Name, write));
        }

        foreach (ApiField field in notes.Body)
        {
            if (request.Field(field.Name) is not { ValueKind: not JsonValueKind.Null } value)
            {
                if (field.IsRequired)
                    return ErrorCatalog.BadBody.Refuse($"The body has no \"{field.Name}\"");
                continue;
            }

            if (!Fits(field.Kind, value))
                return ErrorCatalog.BadBody.Refuse($"\"{field.Name}\" is {Word(value.ValueKind)}, not {Word(field.Kind)}");
            found.Add((field.Argument ?? field.Name, value.WriteTo));
        }

        if (notes.Body.Any(field => field.Name == Purchase) && request.Text(Purchase) is null && request.Context.Request.Headers[RepeatedRequests.Header] is { Count: > 0 } key)
            found.Add((Purchase, writer => writer.WriteStringValue(RepeatedRequests.PurchaseId(request, key.ToString()))));
        return Checked.Of<Action<Utf8JsonWriter>>(writer =>
        {
            foreach ((string name, Action<Utf8JsonWriter> write) in found)
            {
                writer.WritePropertyName(name);
                write(writer);
            }

            part?.Invoke(writer);
        });
    }

    private static bool Fits(FieldKind kind, JsonElement value) => kind switch
    {
        FieldKind.Text => value.ValueKind == JsonValueKind.String,
        FieldKind.Whole => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        FieldKind.Number => value.ValueKind == JsonValueKind.Number,
        FieldKind.Flag => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        FieldKind.List => value.ValueKind == JsonValueKind.Array,
        _ => value.ValueKind == JsonValueKind.Object,
    };

    private static string Word(JsonValueKind kind) => kind switch
    {
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.Array => "a list",
        JsonValueKind.Object => "an object",
        _ => "true or false",
    };

    private static string Word(FieldKind kind) => kind switch
    {
        FieldKind.Text => "a text",
        FieldKind.Whole => "a whole number",
        FieldKind.Number => "a number",
        FieldKind.List => "a list",
        FieldKind.Flag => "true or false",
        _ => "an object",
    };
}
