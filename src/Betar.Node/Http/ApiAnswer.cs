using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Betar.Node.Errors;
using Microsoft.AspNetCore.Http;

namespace Betar.Node.Http;

/// <summary>What goes back: bytes, a refusal that is put into the words of the route, or a stream of events.</summary>
internal sealed record ApiAnswer(int Status, string ContentType, ReadOnlyMemory<byte> Body)
{
    public const string JsonType = "application/json";

    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public CliRefusal? Refusal { get; private init; }

    /// <summary>Written piece by piece until it ends or the node stops.</summary>
    public Func<HttpContext, CancellationToken, Task>? Stream { get; private init; }

    /// <summary>Headers that only this answer has.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public static ApiAnswer Json(Action<Utf8JsonWriter> write, int status = StatusCodes.Status200OK)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, s_options))
            write(writer);
        return new ApiAnswer(status, JsonType, buffer.WrittenMemory);
    }

    public static ApiAnswer Json(JsonElement value, int status = StatusCodes.Status200OK) => Json(value.WriteTo, status);

    public static ApiAnswer Text(string text, string contentType = "text/plain; charset=utf-8", int status = StatusCodes.Status200OK) =>
        new(status, contentType, Encoding.UTF8.GetBytes(text));

    public static ApiAnswer Refused(CliRefusal refusal) => new(StatusOf(refusal.Error), "", default) { Refusal = refusal };

    public static ApiAnswer Streaming(string contentType, Func<HttpContext, CancellationToken, Task> stream) =>
        new(StatusCodes.Status200OK, contentType, default) { Stream = stream };

    /// <summary>What the catalogue says; else wrong usage is the caller's fault, and the rest was understood but not done.</summary>
    public static int StatusOf(ErrorEntry error) => error.HttpStatus
        ?? (error == ErrorCatalog.Unexpected ? StatusCodes.Status500InternalServerError
            : error.ExitCode == 2 ? StatusCodes.Status400BadRequest : StatusCodes.Status422UnprocessableEntity);
}
