using System.Globalization;
using System.Text;
using System.Text.Json;
using Betar.Node.Cli;
using Betar.Node.Errors;
using Betar.Node.Http.Routing;
using Betar.Storage.Ledger;
using Microsoft.AspNetCore.Http;

namespace Betar.Node.Http.Streaming;

/// <summary>
/// What happens to orders, from the ledger, in its order: who comes back says what it has seen and misses nothing. The ledger itself is the queue,
/// so a slow listener costs no memory.
/// </summary>
internal sealed class OrderEvents(ILedger ledger, ListenerPlaces places, TimeProvider time)
{
    /// <summary>How often a listener's place in the ledger is looked at.</summary>
    public static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    private const int PageSize = 256;
    private const int TicksPerBeat = 60;

    public ApiRoute Route => new("GET", "/v1/events", ApiRole.Read, Answer)
    {
        Notes = new RouteNotes("streamEvents", "What happens to orders, as it happens; Last-Event-ID goes on where an earlier stream ended.") { AnswerType = EventStreamWriter.ContentType },
    };

    private Task<ApiAnswer> Answer(ApiRequest request)
    {
        string? seen = request.Context.Request.Headers["Last-Event-ID"] is { Count: > 0 } header ? header.ToString() : request.Query("after");
        long after = -1;
        if (seen is not null && !long.TryParse(seen, NumberStyles.None, CultureInfo.InvariantCulture, out after))
            return Task.FromResult(ApiAnswer.Refused(ErrorCatalog.BadCursor.Refuse("Last-Event-ID is no number of an event")));
        return Task.FromResult(places.Take() is { } full
            ? ApiAnswer.Refused(full)
            : ApiAnswer.Streaming(EventStreamWriter.ContentType, (context, ending) => StreamAsync(context.Response, after, ending)));
    }

    private async Task StreamAsync(HttpResponse response, long after, CancellationToken ending)
    {
        try
        {
            if (after < 0)
                after = await NewestAsync(ending);
            await EventStreamWriter.BeatAsync(response, ending);
            for (int quiet = 0; ; quiet++)
            {
                await foreach (LedgerEntry entry in ledger.QueryAsync(new LedgerQuery { After = after, Limit = PageSize }, ending))
                {
                    await EventStreamWriter.WriteAsync(response, new ApiEvent("order", Text(entry), entry.Sequence), ending);
                    (after, quiet) = (entry.Sequence, 0);
                }

                if (quiet == TicksPerBeat)
                {
                    await EventStreamWriter.BeatAsync(response, ending);
                    quiet = 0;
                }

                await Task.Delay(Tick, time, ending);
            }
        }
        finally
        {
            places.Leave();
        }
    }

    private async Task<long> NewestAsync(CancellationToken cancellation)
    {
        await foreach (LedgerEntry entry in ledger.QueryAsync(new LedgerQuery { NewestFirst = true, Limit = 1 }, cancellation))
            return entry.Sequence;
        return 0;
    }

    private static string Text(LedgerEntry entry)
    {
        using JsonDocument document = JsonOutput.Parse(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("payment", entry.Payment.ToString());
            writer.WriteString("agentId", entry.AgentId);
            writer.WriteString("state", entry.Kind.ToString());
            writer.WriteString("at", entry.At);
            writer.WriteString("amount", entry.Amount.ToString());
            writer.WriteString("reference", entry.Reference);
            writer.WriteEndObject();
        });
        return document.RootElement.GetRawText();
    }
}
