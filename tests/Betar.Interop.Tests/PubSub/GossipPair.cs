using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Betar.Interop.Tests.Libp2p;
using Betar.Interop.Tests.Partner;
using Betar.Libp2p.PubSub;

namespace Betar.Interop.Tests.PubSub;

/// <summary>Our GossipSub and theirs, connected and in one topic.</summary>
internal sealed class GossipPair : IAsyncDisposable
{
    public const string Topic = "betar/interop";
    private readonly BlockingCollection<PubSubMessage> _heard = [];
    private readonly TaskCompletionSource _here = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private GossipPair(OurHost ours, GossipSub gossip, PartnerNode theirs)
    {
        (Ours, Gossip, Theirs) = (ours, gossip, theirs);
        Part = gossip.Join(Topic, (message, _) =>
        {
            _heard.Add(message, CancellationToken.None);
            return ValueTask.FromResult(MessageVerdict.Accept);
        });
        Part.PeerChanged += (_, change) =>
        {
            if (change.Joined)
                _here.TrySetResult();
        };
    }

    public OurHost Ours { get; }

    public GossipSub Gossip { get; }

    public PartnerNode Theirs { get; }

    public ITopic Part { get; }

    /// <summary>What their stream to us speaks.</summary>
    public string TheirProtocol { get; private set; } = string.Empty;

    public static async Task<GossipPair> StartAsync(PartnerFixture partner, bool weDial, object? gossip = null, string keyType = "Ed25519", GossipOptions? options = null)
    {
        var ours = await OurHost.StartAsync();
        var pair = new GossipPair(ours, new GossipSub(ours.Host, options), await partner.StartAsync(new { keyType, gossip = gossip ?? new { } }));
        await pair.Theirs.AskAsync("subscribe", new { topic = Topic });
        if (weDial)
            await ours.DialAsync(pair.Theirs.Address);
        else
            await pair.Theirs.DialAsync(ours.Address);
        await pair.MeetAsync();
        return pair;
    }

    /// <summary>Both know that the other takes part.</summary>
    public async Task MeetAsync()
    {
        await _here.Task.WaitAsync(PartnerProcess.Patience);
        try
        {
            TheirProtocol = (await Theirs.AskAsync("takesPart", new { peer = Ours.PeerId, topic = Topic })).Text("protocol");
        }
        catch (TimeoutException error)
        {
            throw new TimeoutException($"They do not see us. We counted {string.Join(", ", Gossip.Counts)}.", error);
        }
    }

    public Task<JsonObject> TheySayAsync(byte[] data) => Theirs.AskAsync("publish", new { topic = Topic, hex = Convert.ToHexString(data) });

    /// <summary>The next message of ours that they have, when so many have come.</summary>
    public async Task<JsonObject> TheyHeardAsync(int count)
    {
        var messages = (await Theirs.AskAsync("heard", new { count }))["messages"]!.AsArray();
        Assert.Equal(count, messages.Count);
        return messages[count - 1]!.AsObject();
    }

    public Task<PubSubMessage> WeHeardAsync() => Task.Run(() =>
    {
        using var patience = new CancellationTokenSource(PartnerProcess.Patience);
        return _heard.Take(patience.Token);
    });

    public async ValueTask DisposeAsync()
    {
        await Theirs.DisposeAsync();
        await Gossip.DisposeAsync();
        await Ours.DisposeAsync();
        _heard.Dispose();
    }
}
