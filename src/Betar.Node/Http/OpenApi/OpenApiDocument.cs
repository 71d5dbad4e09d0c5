using System.Text.Json;
using Betar.Node.Http.Routing;
using Betar.Node.Http.V1;

namespace Betar.Node.Http.OpenApi;

/// <summary>The document of /v1 (OpenAPI 3.1), made of the very table that routes the requests.</summary>
internal static class OpenApiDocument
{
    public static void Write(Utf8JsonWriter writer, IEnumerable<ApiRoute> routes)
    {
        writer.WriteStartObject();
        writer.WriteString("openapi", "3.1.0");
        writer.WriteStartObject("info");
        writer.WriteString("title", "Betar");
        writer.WriteString("description", "One node: its fleet, the market it sees, its orders and its money. Amounts are decimal texts, in USDC or, where the name says so, in the token's smallest units.");
        writer.WriteString("version", "1");
        writer.WriteEndObject();
        writer.WriteStartArray("security");
        writer.WriteStartObject();
        writer.WriteStartArray("token");
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteStartObject("paths");
        foreach (IGrouping<string, ApiRoute> path in routes.Where(route => route.Notes is not null).GroupBy(route => route.Pattern).OrderBy(path => path.Key, StringComparer.Ordinal))
        {
            writer.WriteStartObject(path.Key);
            foreach (ApiRoute route in path.OrderBy(route => route.Method, StringComparer.Ordinal))
                WriteOperation(writer, route, route.Notes!);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        OpenApiComponents.Write(writer);
        writer.WriteEndObject();
    }

    private static void WriteOperation(Utf8JsonWriter writer, ApiRoute route, RouteNotes notes)
    {
        writer.WriteStartObject(route.Method.ToLowerInvariant());
        writer.WriteString("operationId", notes.Id);
        writer.WriteString("summary", notes.Summary);
        writer.WriteString("x-betar-role", route.Role.ToString().ToLowerInvariant());
        WriteParameters(writer, route, notes);
        if (notes.Body.Count > 0 || notes.Id == "callOperation")
            WriteBody(writer, notes.Body);
        writer.WriteStartObject("responses");
        writer.WriteStartObject($"{notes.Status}");
        writer.WriteString("description", "Done.");
        writer.WriteStartObject("content");
        writer.WriteStartObject(notes.AnswerType);
        writer.WriteStartObject("schema");
        if (notes.PageKey is not null)
            writer.WriteString("$ref", "#/components/schemas/Page");
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteStartObject("default");
        writer.WriteString("$ref", "#/components/responses/Problem");
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteParameters(Utf8JsonWriter writer, ApiRoute route, RouteNotes notes)
    {
        writer.WriteStartArray("parameters");
        foreach (string place in route.Pattern.Split('/').Where(part => part.StartsWith('{')))
            WriteParameter(writer, place[1..^1], "path", new ApiField(place, FieldKind.Text, "An id; a slash in it is written %2F.") { IsRequired = true });
        foreach (ApiField field in notes.Query)
            WriteParameter(writer, field.Name, "query", field);
        if (route.IsRepeatable)
            WriteParameter(writer, "Idempotency-Key", "header", new ApiField("", FieldKind.Text, "Names the request: its repeats within 24 hours get its answer and do nothing."));
        writer.WriteEndArray();
    }

    private static void WriteParameter(Utf8JsonWriter writer, string name, string place, ApiField field)
    {
        writer.WriteStartObject();
        writer.WriteString("name", name);
        writer.WriteString("in", place);
        writer.WriteString("description", field.Meaning);
        writer.WriteBoolean("required", field.IsRequired);
        writer.WritePropertyName("schema");
        OpenApiComponents.WriteType(writer, field.Kind, null);
        writer.WriteEndObject();
    }

    private static void WriteBody(Utf8JsonWriter writer, IReadOnlyList<ApiField> fields)
    {
        writer.WriteStartObject("requestBody");
        writer.WriteStartObject("content");
        writer.WriteStartObject(ApiAnswer.JsonType);
        writer.WriteStartObject("schema");
        writer.WriteString("type", "object");
        writer.WriteStartObject("properties");
        foreach (ApiField field in fields)
        {
            writer.WritePropertyName(field.Name);
            OpenApiComponents.WriteType(writer, field.Kind, field.Meaning);
        }

        writer.WriteEndObject();
        writer.WriteStartArray("required");
        foreach (ApiField field in fields.Where(field => field.IsRequired))
            writer.WriteStringValue(field.Name);
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
