using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Betar.Node.Http.Streaming;

/// <summary>Writes events as browsers read them (text/event-stream).</summary>
internal static class EventStreamWriter
{
    public const string ContentType = "text/event-stream";

    public static async Task WriteAsync(HttpResponse response, ApiEvent said, CancellationToken cancellation)
    {
        var text = new StringBuilder();
        if (said.Id is { } id)
            text.Append(CultureInfo.InvariantCulture, $"id: {id}\n");
        text.Append(CultureInfo.InvariantCulture, $"event: {said.Kind}\n");
        foreach (string line in said.Data.Split('\n'))
            text.Append("data: ").Append(line.TrimEnd('\r')).Append('\n');
        await SendAsync(response, text.Append('\n').ToString(), cancellation);
    }

    /// <summary>Says that the stream lives, and nothing else.</summary>
    public static Task BeatAsync(HttpResponse response, CancellationToken cancellation) => SendAsync(response, ": \n\n", cancellation);

    private static async Task SendAsync(HttpResponse response, string text, CancellationToken cancellation)
    {
        await response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), cancellation);
        await response.Body.FlushAsync(cancellation);
    }
}
