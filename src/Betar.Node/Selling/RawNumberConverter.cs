using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Betar.Node.Selling;

/// <summary>A decimal text that stands in JSON as a number; it never becomes a binary fraction on the way.</summary>
internal sealed class RawNumberConverter : JsonConverter<string>
{
    public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number
            ? Encoding.UTF8.GetString(reader.ValueSpan)
            : throw new JsonException("A number was expected.");

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteRawValue(value);
}
