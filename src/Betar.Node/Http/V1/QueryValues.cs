using System.Globalization;
using System.Text.Json;
using Betar.Node.Errors;

namespace Betar.Node.Http.V1;

/// <summary>Reads a parameter after the question mark as what it must be.</summary>
internal static class QueryValues
{
    private const int MaxValues = 100;

    /// <summary>Null: it is not there.</summary>
    public static Checked<Action<Utf8JsonWriter>?> Read(ApiRequest request, ApiField field)
    {
        if (request.Query(field.Name) is not { } text)
            return new Checked<Action<Utf8JsonWriter>?>(null, null);
        switch (field.Kind)
        {
            case FieldKind.Whole:
                return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
                    ? Of(writer => writer.WriteNumberValue(number))
                    : ErrorCatalog.BadOptionValue.Refuse($"{field.Name}={VisibleText.Of(text)} is not a whole number");
            case FieldKind.Flag:
                return bool.TryParse(text, out bool flag)
                    ? Of(writer => writer.WriteBooleanValue(flag))
                    : ErrorCatalog.BadOptionValue.Refuse($"{field.Name}={VisibleText.Of(text)} is neither true nor false");
            case FieldKind.List:
                string[] values = [.. request.Context.Request.Query[field.Name].OfType<string>().Take(MaxValues)];
                return Of(writer =>
                {
                    writer.WriteStartArray();
                    foreach (string value in values)
                        writer.WriteStringValue(value);
                    writer.WriteEndArray();
                });
            default:
                return Of(writer => writer.WriteStringValue(text));
        }
    }

    private static Checked<Action<Utf8JsonWriter>?> Of(Action<Utf8JsonWriter> write) => Checked.Of<Action<Utf8JsonWriter>?>(write);
}
