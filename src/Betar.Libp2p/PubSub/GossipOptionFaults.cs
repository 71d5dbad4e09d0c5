using System.Reflection;

namespace Betar.Libp2p.PubSub;

/// <summary>Finds every value out of its range.</summary>
internal static class GossipOptionFaults
{
    /// <summary>What a message has around its data, and a frame around a message.</summary>
    public const int MessageOverhead = 8 * 1024;

    public static IEnumerable<string> Find(GossipOptions options)
    {
        var (mesh, score) = (options.Mesh, options.Score);
        foreach (var fault in FindIn(mesh, "Mesh.").Concat(FindIn(options.Limits, "Limits.")).Concat(Find(score)))
            yield return fault;
        if (mesh.DegreeLow > mesh.Degree || mesh.Degree > mesh.DegreeHigh)
            yield return "Mesh.DegreeLow, Degree and DegreeHigh must not fall.";
        if (mesh.DegreeScore > mesh.Degree || mesh.DegreeOutbound >= mesh.DegreeLow)
            yield return "Mesh.DegreeScore must not be above Degree, and DegreeOutbound must be below DegreeLow.";
        if (mesh.HistoryGossip > mesh.HistoryLength)
            yield return "Mesh.HistoryGossip must not be above HistoryLength.";
        if (mesh.GossipPercent > 100)
            yield return "Mesh.GossipPercent must be at most 100.";
        if (options.Limits.RpcBytes < 2 * MessageOverhead)
            yield return "Limits.RpcBytes must be at least 16 KiB.";
        if (score.GossipThreshold >= 0 || score.PublishThreshold > score.GossipThreshold || score.GraylistThreshold > score.PublishThreshold)
            yield return "Score.GossipThreshold must be below nothing, PublishThreshold not above it, and GraylistThreshold not above that.";
    }

    public static IEnumerable<string> Find(TopicOptions options, int rpcBytes)
    {
        foreach (var fault in FindIn(options, string.Empty))
            yield return fault;
        if (options.MaxMessageBytes > rpcBytes - MessageOverhead)
            yield return "MaxMessageBytes must leave room in a frame.";
        foreach (var fault in options.Score is { } score ? Find(score, "Score.") : [])
            yield return fault;
    }

    private static IEnumerable<string> Find(GossipScoreOptions score)
    {
        foreach (var fault in FindIn(score, "Score.").Concat(Find(score.Topic, "Score.Topic.")))
            yield return fault;
        foreach (var fault in Negative("Score.", ("AuthorExcessWeight", score.AuthorExcessWeight), ("ColocationWeight", score.ColocationWeight), ("BehaviourWeight", score.BehaviourWeight)))
            yield return fault;
        foreach (var fault in Positive("Score.", ("PeersThreshold", score.PeersThreshold), ("OpportunisticGraftThreshold", score.OpportunisticGraftThreshold), ("TopicCap", score.TopicCap), ("ApplicationWeight", score.ApplicationWeight), ("BehaviourThreshold", score.BehaviourThreshold)))
            yield return fault;
        foreach (var fault in Shares("Score.", ("BehaviourDecay", score.BehaviourDecay), ("DecayToZero", score.DecayToZero)))
            yield return fault;
    }

    private static IEnumerable<string> Find(TopicScoreOptions topic, string path) => FindIn(topic, path)
        .Concat(Negative(path, ("MeshDeliveriesWeight", topic.MeshDeliveriesWeight), ("MeshFailureWeight", topic.MeshFailureWeight), ("InvalidWeight", topic.InvalidWeight)))
        .Concat(Positive(
            path, ("Weight", topic.Weight), ("TimeInMeshWeight", topic.TimeInMeshWeight), ("TimeInMeshCap", topic.TimeInMeshCap), ("FirstDeliveriesWeight", topic.FirstDeliveriesWeight),
            ("FirstDeliveriesCap", topic.FirstDeliveriesCap), ("MeshDeliveriesCap", topic.MeshDeliveriesCap), ("MeshDeliveriesThreshold", topic.MeshDeliveriesThreshold)))
        .Concat(Shares(
            path, ("FirstDeliveriesDecay", topic.FirstDeliveriesDecay), ("MeshDeliveriesDecay", topic.MeshDeliveriesDecay),
            ("MeshFailureDecay", topic.MeshFailureDecay), ("InvalidDecay", topic.InvalidDecay)));

    private static IEnumerable<string> Negative(string path, params (string Name, double Value)[] values) =>
        values.Where(value => !(value.Value <= 0)).Select(value => $"{path}{value.Name} must not be above nothing.");

    private static IEnumerable<string> Positive(string path, params (string Name, double Value)[] values) =>
        values.Where(value => !(value.Value >= 0)).Select(value => $"{path}{value.Name} must not be below nothing.");

    private static IEnumerable<string> Shares(string path, params (string Name, double Value)[] values) =>
        values.Where(value => !(value.Value is > 0 and < 1)).Select(value => $"{path}{value.Name} must lie between 0 and 1.");

    /// <summary>Whole numbers and times, whichever group they stand in.</summary>
    private static IEnumerable<string> FindIn(object group, string path)
    {
        foreach (var property in group.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var fault = property.GetValue(group) switch
            {
                int number when number < 1 => "must be at least 1.",
                long number when number < 1 => "must be at least 1.",
                TimeSpan time when time <= TimeSpan.Zero || time > TimeSpan.FromDays(1) => "must be more than nothing and at most a day.",
                _ => null,
            };
            if (fault is not null)
                yield return $"{path}{property.Name} {fault}";
        }
    }
}
