using System.Text.Json;
using Betar.Node.Errors;
using Betar.Node.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Betar.Node.Http.Guarding;

/// <summary>Takes the body of a request: JSON that says so, one object, no longer than the server's limit.</summary>
internal static class BodyReader
{
    private const int MaxDepth = 64;

    public static async Task<Checked<ReadOnlyMemory<byte>>> ReadAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        bool sends = request.ContentLength is > 0 || request.Headers.TransferEncoding.Count > 0;
        if (!sends)
            return ReadOnlyMemory<byte>.Empty;
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type) || !type.MediaType.Equals(ApiAnswer.JsonType, StringComparison.OrdinalIgnoreCase))
            return ErrorCatalog.NotJson.Refuse($"The body is {VisibleText.Of(request.ContentType ?? "of no type")}");
        return await TakeAsync(context);
    }

    /// <summary>Whatever it is.</summary>
    public static async Task<Checked<ReadOnlyMemory<byte>>> TakeAsync(HttpContext context)
    {
        try
        {
            return await RequestBody.ReadAsync(context.Request, context.RequestAborted);
        }
        catch (BadHttpRequestException fault) when (fault.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return ErrorCatalog.BodyTooLong.Refuse("The body is longer than this node takes") with { Cause = fault };
        }
    }

    public static Checked<JsonDocument> Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            var document = JsonDocument.Parse(body.IsEmpty ? "{}"u8.ToArray() : body, new JsonDocumentOptions { MaxDepth = MaxDepth });
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return document;
            document.Dispose();
            return ErrorCatalog.BadBody.Refuse("The body is no JSON object");
        }
        catch (JsonException fault)
        {
            return ErrorCatalog.BadBody.Refuse($"The body is not JSON (line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1})") with { Cause = fault };
        }
    }
}
