using System.Net;
using Betar.Libp2p.Dns;

namespace Betar.Libp2p.Tests.Dns;

/// <summary>Servers that answer by a function, or never; notes every question.</summary>
internal sealed class FakeExchange(Func<FakeExchange.Question, byte[]?> answer) : IDnsExchange
{
    public List<Question> Asked { get; } = [];

    /// <summary>Told when a question waits for an answer that does not come.</summary>
    public Action? OnSilence { get; set; }

    public async ValueTask<DnsResponse?> AskAsync(IPEndPoint server, DnsQuery query, bool overTcp, CancellationToken cancel)
    {
        var question = new Question(server, query, overTcp);
        Asked.Add(question);
        if (answer(question) is { } bytes)
            return DnsResponse.TryParse(bytes, query, 64, out var response) ? response : null;
        var never = new TaskCompletionSource<DnsResponse?>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancel.Register(() => never.TrySetCanceled(cancel));
        OnSilence?.Invoke();
        return await never.Task;
    }

    internal sealed record Question(IPEndPoint Server, DnsQuery Query, bool OverTcp)
    {
        public MessageBuilder Answer(ushort flags = 0x8180) => new(Query, flags);
    }
}
