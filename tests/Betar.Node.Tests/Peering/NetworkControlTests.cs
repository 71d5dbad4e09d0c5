using System.Text.Json;
using Betar.Libp2p.Identity;
using Betar.Libp2p.PubSub;
using Betar.Node.Cli;
using Betar.Node.Peering;

namespace Betar.Node.Tests.Peering;

/// <summary>What the control socket answers about gossip, in its exact shape; and the topics that it knows of.</summary>
public sealed class NetworkControlTests
{
    private static readonly PeerId s_peer = PeerId.Parse("12D3KooWBtg3aaRMjxwedh83aGiUkwSxDwUZkzuJcfaqUmo7R3pq");

    private static readonly PeerScore s_score = new(
        s_peer, -1.5, true, [new PeerTopicScore("a", 1, true, TimeSpan.FromSeconds(90), 2, 3, 4, 5), new PeerTopicScore("b", 0, false, default, 0, 0, 0, 0)], 0.5, -1, -2);

    [Fact]
    public void Scores_have_this_shape() => Assert.Equal(
        "[{\"peerId\":\"" + s_peer + "\",\"score\":-1.5,\"connected\":true,\"application\":0.5,\"colocation\":-1,\"behaviour\":-2,\"topics\":["
            + "{\"topic\":\"a\",\"score\":1,\"inMesh\":true,\"secondsInMesh\":90,\"firstDeliveries\":2,\"meshDeliveries\":3,\"meshFailures\":4,\"invalid\":5},"
            + "{\"topic\":\"b\",\"score\":0,\"inMesh\":false,\"secondsInMesh\":0,\"firstDeliveries\":0,\"meshDeliveries\":0,\"meshFailures\":0,\"invalid\":0}]}]",
        Json(writer => NetworkControl.WriteScores(writer, [s_score])));

    [Fact]
    public async Task Topics_have_this_shape_and_are_those_that_are_joined()
    {
        var pubSub = new FakePubSub();
        var topics = new JoinedTopics(pubSub);
        ITopic first = topics.Join("a", (_, _) => new(MessageVerdict.Accept));
        await using ITopic second = topics.Join("b", (_, _) => new(MessageVerdict.Accept));
        Assert.Equal(
            "[{\"topic\":\"a\",\"peers\":[\"" + s_peer + "\"],\"mesh\":[\"" + s_peer + "\"]},{\"topic\":\"b\",\"peers\":[\"" + s_peer + "\"],\"mesh\":[]}]",
            Json(writer => NetworkControl.WriteTopics(writer, topics.All, [s_score])));

        PeerId? changed = null;
        void OnChanged(object? sender, TopicPeerEventArgs change) => changed = change.Peer;
        first.PeerChanged += OnChanged;
        pubSub.Topics[0].Raise();
        Assert.Equal(s_peer, changed);
        first.PeerChanged -= OnChanged;
        Assert.Equal(7, await first.PublishAsync(new byte[7]));
        Assert.Equal((1, "a"), (first.Peers.Count, first.Name));
        await first.DisposeAsync();
        Assert.Equal("b", Assert.Single(topics.All).Name);
        Assert.True(pubSub.Topics[0].Left);
    }

    private static string Json(Action<Utf8JsonWriter> write)
    {
        using JsonDocument json = JsonOutput.Parse(write);
        return json.RootElement.GetRawText();
    }

    private sealed class FakePubSub : IPubSub
    {
        public List<FakeTopic> Topics { get; } = [];

        public ITopic Join(string name, MessageHandler handler, TopicOptions? options = null)
        {
            Topics.Add(new FakeTopic(name));
            return Topics[^1];
        }
    }

    private sealed class FakeTopic(string name) : ITopic
    {
        public event EventHandler<TopicPeerEventArgs>? PeerChanged;

        public string Name => name;

        public IReadOnlyList<PeerId> Peers => [s_peer];

        public bool Left { get; private set; }

        public void Raise() => PeerChanged?.Invoke(this, new TopicPeerEventArgs(s_peer, true));

        public ValueTask<int> PublishAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken = default) => new(data.Length);

        public ValueTask DisposeAsync()
        {
            Left = true;
            return default;
        }
    }
}
