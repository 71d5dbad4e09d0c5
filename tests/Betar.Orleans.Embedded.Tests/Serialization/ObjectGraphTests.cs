using Orleans;
using Xunit.Abstractions;

namespace Betar.Orleans.Embedded.Tests.Serialization;

/// <summary>Random graphs with shared nodes and rings: what comes back has the same shape.</summary>
public sealed class ObjectGraphTests(ITestOutputHelper output)
{
    [Fact]
    public void Random_graphs_keep_their_shape()
    {
        var values = new RandomValues(RandomValues.NewSeed());
        output.WriteLine($"seed {values.Seed}");
        for (var round = 0; round < 150; round++)
        {
            var graph = Graph(values, 1 + values.Next(40));
            Assert.True(SameShape(graph, SerializerHost.RoundTrip(graph)), $"written, seed {values.Seed}, round {round}");
            Assert.True(SameShape(graph, SerializerHost.Copier.Copy(graph)), $"copied, seed {values.Seed}, round {round}");
            Assert.True(SameShape(graph, (Node)SerializerHost.RoundTrip<object>(graph)), $"as object, seed {values.Seed}, round {round}");
        }
    }

    [Fact]
    public void A_changed_graph_is_seen_to_be_another()
    {
        var values = new RandomValues(7);
        var graph = Graph(values, 20);
        var other = SerializerHost.RoundTrip(graph);
        other.Listed.Add(new Node());
        Assert.False(SameShape(graph, other));
        var again = SerializerHost.RoundTrip(graph);
        again.Number++;
        Assert.False(SameShape(graph, again));
    }

    private static Node Graph(RandomValues values, int size)
    {
        var nodes = new Node[size];
        for (var i = 0; i < size; i++)
        {
            nodes[i] = values.Bool() ? new Node() : new Leaf { Text = values.Text() };
            nodes[i].Number = values.Long();
            nodes[i].Value = (int)values.Long();
        }

        foreach (var node in nodes)
        {
            node.Left = values.Bool() ? nodes[values.Next(size)] : null;
            node.Boxed = values.Next(4) switch { 0 => nodes[values.Next(size)], 1 => values.Long(), 2 => node.Listed, _ => null };
            for (var i = values.Next(4); i > 0; i--)
                node.Listed.Add(nodes[values.Next(size)]);
            node.Pair = (values.Next(9), values.Bool() ? nodes[values.Next(size)] : null);
            node.Mapped = values.Bool() ? new() { [1] = nodes[values.Next(size)], [2] = nodes[values.Next(size)] } : null;
            node.Array = values.Bool() ? [nodes[values.Next(size)], null, nodes[0]] : null;
        }

        return nodes[0];
    }

    /// <summary>Walks both at once; each object of one must always meet the same object of the other.</summary>
    private static bool SameShape(Node left, Node right)
    {
        var met = new Dictionary<object, object>(ReferenceEqualityComparer.Instance);
        var pending = new Stack<(object? Left, object? Right)>();
        pending.Push((left, right));
        while (pending.TryPop(out var pair))
        {
            if (pair.Left is null || pair.Right is null)
            {
                if (pair.Left is not null || pair.Right is not null)
                    return false;
                continue;
            }

            if (pair.Left.GetType() != pair.Right.GetType())
                return false;
            if (pair.Left is long number)
            {
                if (number != (long)pair.Right)
                    return false;
                continue;
            }

            if (met.TryGetValue(pair.Left, out var known))
            {
                if (!ReferenceEquals(known, pair.Right))
                    return false;
                continue;
            }

            met.Add(pair.Left, pair.Right);
            if (!Parts(pair.Left, pair.Right, pending))
                return false;
        }

        return met.Values.Distinct(ReferenceEqualityComparer.Instance).Count() == met.Count;
    }

    private static bool Parts(object left, object right, Stack<(object? Left, object? Right)> pending)
    {
        if (left is List<Node> leftList)
        {
            var rightList = (List<Node>)right;
            if (leftList.Count != rightList.Count)
                return false;
            for (var i = 0; i < leftList.Count; i++)
                pending.Push((leftList[i], rightList[i]));
            return true;
        }

        var (a, b) = ((Node)left, (Node)right);
        if (a.Number != b.Number || a.Value != b.Value || a.Pair.Rank != b.Pair.Rank || (a as Leaf)?.Text != (b as Leaf)?.Text)
            return false;
        if (a.Mapped?.Count != b.Mapped?.Count || a.Array?.Length != b.Array?.Length)
            return false;
        pending.Push((a.Left, b.Left));
        pending.Push((a.Boxed, b.Boxed));
        pending.Push((a.Listed, b.Listed));
        pending.Push((a.Pair.To, b.Pair.To));
        foreach (var key in a.Mapped?.Keys ?? Enumerable.Empty<int>())
            pending.Push((a.Mapped![key], b.Mapped!.GetValueOrDefault(key)));
        for (var i = 0; i < (a.Array?.Length ?? 0); i++)
            pending.Push((a.Array![i], b.Array![i]));
        return true;
    }

    [GenerateSerializer]
    public class Node
    {
        [Id(0)]
        public long Number { get; set; }

        [Id(1)]
        public Node? Left { get; set; }

        [Id(2)]
        public object? Boxed { get; set; }

        [Id(3)]
        public List<Node> Listed { get; private set; } = [];

        [Id(4)]
        public (int Rank, Node? To) Pair { get; set; }

        [Id(5)]
        public Dictionary<int, Node>? Mapped { get; set; }

        [Id(6)]
        public Node?[]? Array { get; set; }

        [Id(7)]
        public int? Value { get; set; }
    }

    [GenerateSerializer]
    public sealed class Leaf : Node
    {
        [Id(0)]
        public string? Text { get; set; }
    }
}
