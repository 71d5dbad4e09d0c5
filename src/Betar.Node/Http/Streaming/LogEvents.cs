using System.Text.Json;
using Betar.Node.Cli;
using Betar.Node.Errors;
using Betar.Node.Http.Routing;
using Betar.Node.Http.V1;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Betar.Node.Http.Streaming;

/// <summary>The node's log as it is written.</summary>
internal sealed class LogEvents(LogFeed feed, ListenerPlaces places, int queue)
{
    public ApiRoute Route => new("GET", "/v1/logs", ApiRole.Operate, Answer)
    {
        Notes = new RouteNotes("streamLogs", "The node's log from now on. A listener that is too slow is told so and dropped.")
        {
            AnswerType = EventStreamWriter.ContentType,
            Query = [new ApiField("level", FieldKind.Text, "The least level: debug, information, warning, error; information when it is not said.")],
        },
    };

    private Task<ApiAnswer> Answer(ApiRequest request)
    {
        Checked<LogLevel> level = LogLevels.Read(request.Query("level"));
        if (!level.IsOk)
            return Task.FromResult(ApiAnswer.Refused(level.Refusal));
        return Task.FromResult(places.Take() is { } full
            ? ApiAnswer.Refused(full)
            : ApiAnswer.Streaming(EventStreamWriter.ContentType, (context, ending) => StreamAsync(context.Response, level.Value, ending)));
    }

    private async Task StreamAsync(HttpResponse response, LogLevel level, CancellationToken ending)
    {
        try
        {
            using LogListener listener = feed.Listen(level, queue);
            await EventStreamWriter.BeatAsync(response, ending);
            await foreach (LogRecord record in listener.Records.ReadAllAsync(ending))
                await EventStreamWriter.WriteAsync(response, new ApiEvent("log", Text(record)), ending);
            await EventStreamWriter.WriteAsync(response, new ApiEvent("dropped", """{"reason":"too slow"}"""), ending);
        }
        finally
        {
            places.Leave();
        }
    }

    private static string Text(LogRecord record)
    {
        using JsonDocument document = JsonOutput.Parse(writer => LogJson.Write(writer, record));
        return document.RootElement.GetRawText();
    }
}
