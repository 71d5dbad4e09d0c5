using System.Text.Json;
using Betar.Node.Http.V1;

namespace Betar.Node.Http.OpenApi;

/// <summary>What many routes of the document refer to.</summary>
internal static class OpenApiComponents
{
    private static readonly (string Name, string Type)[] s_problem =
        [("type", "string"), ("title", "string"), ("status", "integer"), ("detail", "string"), ("code", "string"), ("next", "string")];

    public static void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("components");
        writer.WriteStartObject("schemas");
        writer.WriteStartObject("Page");
        writer.WriteString("type", "object");
        writer.WriteStartObject("properties");
        Property(writer, "items", "array");
        Property(writer, "next", "string");
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteStartObject("Problem");
        writer.WriteString("type", "object");
        writer.WriteStartObject("properties");
        foreach ((string name, string type) in s_problem)
            Property(writer, name, type);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteStartObject("responses");
        writer.WriteStartObject("Problem");
        writer.WriteString("description", "Why not, with a code of docs/errors.md (RFC 9457).");
        writer.WriteStartObject("content");
        writer.WriteStartObject(Problems.ContentType);
        writer.WriteStartObject("schema");
        writer.WriteString("$ref", "#/components/schemas/Problem");
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteStartObject("securitySchemes");
        writer.WriteStartObject("token");
        writer.WriteString("type", "http");
        writer.WriteString("scheme", "bearer");
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    public static void WriteType(Utf8JsonWriter writer, FieldKind kind, string? meaning)
    {
        writer.WriteStartObject();
        writer.WriteString("type", kind switch
        {
            FieldKind.Text => "string",
            FieldKind.Whole => "integer",
            FieldKind.Flag => "boolean",
            FieldKind.Number => "number",
            FieldKind.List => "array",
            _ => "object",
        });
        if (meaning is not null)
            writer.WriteString("description", meaning);
        writer.WriteEndObject();
    }

    private static void Property(Utf8JsonWriter writer, string name, string type)
    {
        writer.WriteStartObject(name);
        writer.WriteString("type", type);
        writer.WriteEndObject();
    }
}
