using Betar.Libp2p.Identity;
using Betar.Libp2p.Limits;
using Betar.Libp2p.Scheduling;
using Betar.Marketplace.Records;
using Betar.Marketplace.Trust;

namespace Betar.Marketplace.Exchange;

/// <summary>
/// Carries signed records between our own nodes, past the replicated set: pushed when they are new, and compared when two nodes meet and now
/// and then. What is new to us is pushed on, and only then, so that a record crosses each connection once.
/// </summary>
internal sealed class RecordExchange(
    IMarketNetwork network, MarketView view, RecordIntake intake, ReceiptBook receipts, ExchangeOptions options, TimeProvider time, BackgroundWork work)
{
    private readonly PeerRates _pushes = new(1 / options.RecordInterval.TotalSeconds, options.RecordBurst, options.MaxRatedPeers, time);
    private readonly PeerRates _questions = new(1 / options.QuestionInterval.TotalSeconds, options.QuestionBurst, options.MaxRatedPeers, time);
    private int _turn;

    public IDisposable Serve() => network.Serve(RecordMessage.Protocol, AnswerAsync, options.MaxMessageBytes);

    /// <summary>Brings records to every peer of ours but one.</summary>
    public void Push(IReadOnlyList<SignedListing> records, PeerId? but, CancellationToken cancellationToken)
    {
        foreach (var peer in network.PeersServing(RecordMessage.Protocol).Where(peer => peer != but))
            work.Run(() => PushAsync(peer, records, cancellationToken));
    }

    /// <summary>Takes from a peer what it has and we have not, no faster than it answers questions.</summary>
    public async Task PullAsync(PeerId peer, CancellationToken cancellationToken)
    {
        var after = "";
        for (var page = 0; page < options.MaxPages; page++)
        {
            // Pushes are questions, too, and want what is left of them.
            if (page >= options.QuestionBurst / 2)
                await Task.Delay(options.QuestionInterval, time, cancellationToken);
            var question = RecordMessage.Empty with { Sums = view.RecordSums(), After = after };
            if (await AskAsync(peer, question, cancellationToken) is not { } answer)
                return;
            Take(peer, answer.Records, cancellationToken);
            if (answer.Next.Length == 0 || string.Equals(answer.Next, after, StringComparison.Ordinal))
                return;
            after = answer.Next;
        }
    }

    /// <summary>Takes from the next peer in turn.</summary>
    public Task PullFromNextAsync(CancellationToken cancellationToken)
    {
        var peers = network.PeersServing(RecordMessage.Protocol);
        return peers.Count == 0 ? Task.CompletedTask : PullAsync(peers[(int)((uint)_turn++ % peers.Count)], cancellationToken);
    }

    private async Task PushAsync(PeerId peer, IReadOnlyList<SignedListing> records, CancellationToken cancellationToken)
    {
        foreach (var part in Parts(records))
        {
            if (await AskAsync(peer, RecordMessage.Empty with { Records = part }, cancellationToken) is not { } answer)
                return;
            foreach (var held in answer.Held)
                receipts.Note(peer, held.Id, held.Version);
        }
    }

    private IEnumerable<IReadOnlyList<ReadOnlyMemory<byte>>> Parts(IReadOnlyList<SignedListing> records)
    {
        List<ReadOnlyMemory<byte>> part = [];
        var bytes = 0;
        foreach (var record in records)
        {
            if (part.Count == options.MaxRecordsPerMessage || (part.Count > 0 && bytes + record.Envelope.Length > options.MaxMessageBytes / 2))
            {
                yield return part;
                (part, bytes) = ([], 0);
            }

            part.Add(record.Envelope);
            bytes += record.Envelope.Length;
        }

        if (part.Count > 0)
            yield return part;
    }

    private async ValueTask<RecordMessage?> AskAsync(PeerId peer, RecordMessage question, CancellationToken cancellationToken) =>
        await network.RequestAsync(peer, RecordMessage.Protocol, question.Encode(), options.MaxMessageBytes, cancellationToken) is { } bytes
        && RecordMessage.TryDecode(bytes, options.MaxRecordsPerMessage, out var answer) ? answer : null;

    private ValueTask<ReadOnlyMemory<byte>> AnswerAsync(PeerId peer, ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        var answer = RecordMessage.Empty;
        if (_questions.TryTake(peer) && RecordMessage.TryDecode(request, options.MaxRecordsPerMessage, out var question))
        {
            if (question.Records.Count > 0 && _pushes.TryTake(peer, question.Records.Count))
                answer = answer with { Held = Take(peer, question.Records, cancellationToken) };
            if (!question.Sums.IsEmpty)
                answer = Differing(peer, question, answer);
        }

        return ValueTask.FromResult<ReadOnlyMemory<byte>>(answer.Encode());
    }

    private RecordMessage Differing(PeerId peer, RecordMessage question, RecordMessage answer)
    {
        var (records, more) = view.RecordsAfter(question.Sums, question.After, options.MaxMessageBytes / 2, options.MaxRecordsPerMessage);
        foreach (var record in records)
            receipts.Note(peer, record.Record.Id, record.Record.Version);
        return answer with { Records = [.. records.Select(record => record.Envelope)], Next = more ? records[^1].Record.Id : "" };
    }

    /// <summary>Believes what can be believed, pushes on what is new, and says which versions we have now.</summary>
    private List<HeldVersion> Take(PeerId peer, IReadOnlyList<ReadOnlyMemory<byte>> envelopes, CancellationToken cancellationToken)
    {
        List<HeldVersion> held = [];
        List<SignedListing> news = [];
        foreach (var envelope in envelopes)
        {
            var fault = intake.Take(envelope, peer, expected: null, out var record);
            if (record is null)
                continue;
            if (fault == RecordFault.None)
                news.Add(record);
            receipts.Note(peer, record.Record.Id, record.Record.Version);
            if (view.FindRecord(record.Record.Id) is { } known)
                held.Add(new HeldVersion(known.Record.Id, known.Record.Version));
        }

        if (news.Count > 0)
            Push(news, peer, cancellationToken);
        return held;
    }
}
