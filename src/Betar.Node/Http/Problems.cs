using Betar.Node.Errors;

namespace Betar.Node.Http;

/// <summary>Refusals as RFC 9457 tells them, with the stable code.</summary>
internal static class Problems
{
    public const string ContentType = "application/problem+json";

    public static ApiAnswer Of(CliRefusal refusal, int status) => ApiAnswer.Json(
        writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("type", $"urn:betar:error:{refusal.Error.Code}");
            writer.WriteString("title", refusal.Error.Title);
            writer.WriteNumber("status", status);
            writer.WriteString("detail", refusal.Detail);
            writer.WriteString("code", refusal.Error.Code);
            writer.WriteString("next", refusal.Next);
            writer.WriteEndObject();
        },
        status) with
    { ContentType = ContentType };
}
