using System.Text.Json;
using Betar.Agents.Limits;
using Betar.Agents.Schemas;

namespace Betar.Agents.Http;

/// <summary>Reads a webhook's answer: an object with <c>output</c> or <c>error</c>, or the answer itself.</summary>
internal static class WebhookAnswer
{
    public static ExecutionOutcome Read(byte[] body)
    {
        if (BoundedReader.Text(body) is not { } text)
            return ExecutionOutcome.Failed(ExecutionCodes.WebhookFailed, "The answer is not UTF-8 text.");
        using JsonDocument? document = text.AsSpan().TrimStart().StartsWith("{") ? JsonTexts.Parse(text) : null;
        if (document is null || document.RootElement.ValueKind != JsonValueKind.Object)
            return ExecutionOutcome.Ok(text);
        if (document.RootElement.TryGetProperty("output", out JsonElement output))
            return ExecutionOutcome.Ok(output.ValueKind == JsonValueKind.String ? output.GetString()! : output.GetRawText());
        return document.RootElement.TryGetProperty("error", out JsonElement error) && error.ValueKind == JsonValueKind.String
            ? ExecutionOutcome.Failed(error.GetString()!)
            : ExecutionOutcome.Ok(text);
    }
}
