using System.Collections;
using Betar.Libp2p.PubSub;
using Betar.Libp2p.Tests.Support;
using Betar.Libp2p.Transports.Memory;

namespace Betar.Libp2p.Tests.PubSub;

/// <summary>Every number alone out of its range is found and named, and nothing is made with it.</summary>
public sealed class GossipOptionTests
{
    public static TheoryData<string, object> Wrong
    {
        get
        {
            var data = new TheoryData<string, object>();
            foreach (var (path, value) in Flatten(new GossipOptions(), string.Empty))
            {
                if (value is double number)
                    data.Add(path, number < 0 ? 1.0 : number is > 0 and < 1 && path.Contains("Deca", StringComparison.Ordinal) ? 1.0 : path.Contains("MeshDeliveriesWeight", StringComparison.Ordinal) || path.Contains("MeshFailureWeight", StringComparison.Ordinal) ? 1.0 : -1.0);
                else
                    data.Add(path, value is TimeSpan ? TimeSpan.Zero : value is long ? 0L : (object)0);
            }

            data.Add("Mesh.DegreeLow", 7);
            data.Add("Mesh.DegreeHigh", 5);
            data.Add("Mesh.DegreeScore", 7);
            data.Add("Mesh.DegreeOutbound", 5);
            data.Add("Mesh.HistoryGossip", 6);
            data.Add("Mesh.GossipPercent", 101);
            data.Add("Limits.RpcBytes", 16383);
            data.Add("Mesh.Heartbeat", TimeSpan.FromDays(2));
            data.Add("Score.PublishThreshold", -99.0);
            data.Add("Score.GraylistThreshold", -499.0);
            data.Add("Score.BehaviourDecay", 0.0);
            data.Add("Score.TopicCap", double.NaN);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_value_out_of_its_range_is_named(string path, object value)
    {
        var options = new GossipOptions();
        Assert.Empty(options.Validate());
        object group = options;
        var parts = path.Split('.');
        foreach (var part in parts[..^1])
            group = group.GetType().GetProperty(part)!.GetValue(group)!;
        group.GetType().GetProperty(parts[^1])!.SetValue(group, value);

        Assert.Contains(options.Validate(), fault => fault.Contains(parts[^1], StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_is_made_with_faults() => Simulated.Run(async run =>
    {
        var network = new MemoryNetwork(run.Time);
        await using var host = HostPair.Builder(network, 1).Build();
        Assert.Contains("Mesh.Degree", Assert.Throws<ArgumentException>(() => new GossipSub(host, new GossipOptions { Mesh = { Degree = 0 } })).Message, StringComparison.Ordinal);
        await using var gossip = new GossipSub(host);
        foreach (var wrong in new[] { new TopicOptions { MaxMessageBytes = 0 }, new TopicOptions { MaxMessageBytes = 1 << 20 }, new TopicOptions { MaxValidations = 0 }, new TopicOptions { Score = new TopicScoreOptions { InvalidWeight = 1 } } })
            Assert.Throws<ArgumentException>(() => gossip.Join("t", Handler, wrong));
        Assert.Throws<ArgumentException>(() => gossip.Join(string.Empty, Handler));
        Assert.Throws<ArgumentException>(() => gossip.Join(new string('x', 257), Handler));
        await using var topic = gossip.Join("t", Handler, new TopicOptions { MaxMessageBytes = 10 });
        await Assert.ThrowsAsync<ArgumentException>(async () => await topic.PublishAsync(new byte[11]));
        Assert.Throws<ArgumentException>(() => gossip.Publish("u", new byte[1 << 20]));
        Assert.Equal(0, await topic.PublishAsync(new byte[10]));
    });

    private static ValueTask<MessageVerdict> Handler(PubSubMessage message, CancellationToken cancellationToken) => ValueTask.FromResult(MessageVerdict.Accept);

    private static IEnumerable<(string Path, object Value)> Flatten(object group, string path)
    {
        foreach (var property in group.GetType().GetProperties())
        {
            var value = property.GetValue(group)!;
            if (value is int or long or double or TimeSpan)
                yield return (path + property.Name, value);
            else if (value.GetType().Name.EndsWith("Options", StringComparison.Ordinal) && value is not IEnumerable)
                foreach (var inner in Flatten(value, path + property.Name + "."))
                    yield return inner;
        }
    }
}
