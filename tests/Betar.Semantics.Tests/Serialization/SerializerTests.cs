using Betar.Semantics.Tests.Serialization.Contracts;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Betar.Semantics.Tests.Serialization;

/// <summary>The serializer's own surface, as tests of contracts use it.</summary>
[Collection("serialization")]
public sealed class SerializerTests(ClusterFixture fixture) : ClusterTest(fixture)
{
    Serializer Serializer => Cluster.Client.ServiceProvider.GetRequiredService<Serializer>();

    [Fact]
    public void A_value_survives_its_bytes()
    {
        var bytes = Serializer.SerializeToArray(new Person("Ada", 36));
        Assert.Equal(new Person("Ada", 36), Serializer.Deserialize<Person>(bytes));
        Assert.Equal(new Person("Ada", 36), Serializer.Deserialize<object>(Serializer.SerializeToArray<object>(new Person("Ada", 36))));
    }

    [Fact]
    public void A_typed_serializer_does_the_same()
    {
        var typed = Cluster.Client.ServiceProvider.GetRequiredService<Serializer<Person>>();
        Assert.Equal(new Person("Ada", 36), typed.Deserialize(typed.SerializeToArray(new Person("Ada", 36))));
    }

    [Fact]
    public void The_same_value_gives_the_same_bytes() =>
        Assert.Equal(Serializer.SerializeToArray(new Person("Ada", 36)), Serializer.SerializeToArray(new Person("Ada", 36)));

    [Fact]
    public void Members_that_a_reader_does_not_know_are_skipped()
    {
        var order = new NewOrder
        {
            Number = 7, Text = "text", Between = new Node { Name = "n", Friends = [new Node()] },
            After = new() { ["c"] = new Circle { Radius = 1 } }, Extra = "extra", Weight = 2.5,
        };
        var old = Serializer.Deserialize<OldOrder>(Serializer.SerializeToArray(order))!;
        Assert.Equal((7, "text"), (old.Number, old.Text));
    }

    [Fact]
    public void Members_that_a_writer_did_not_know_keep_their_defaults()
    {
        var order = Serializer.Deserialize<NewOrder>(Serializer.SerializeToArray(new OldOrder { Number = 7, Text = "text" }))!;
        Assert.Equal((7, "text", "extra default", 1.5), (order.Number, order.Text, order.Extra, order.Weight));
        Assert.Null(order.Between);
    }

    [Fact]
    public void A_shared_object_is_read_back_as_one_after_skipped_members()
    {
        var node = new Node { Name = "n" };
        var back = Serializer.Deserialize<List<Node>>(Serializer.SerializeToArray(new List<Node> { node, node }))!;
        Assert.Same(back[0], back[1]);
    }

    [Fact]
    public void A_silo_reads_what_a_client_wrote()
    {
        var silo = Cluster.GetSiloServiceProvider(Cluster.Primary!.SiloAddress).GetRequiredService<Serializer>();
        Assert.Equal(new Person("Ada", 36), silo.Deserialize<Person>(Serializer.SerializeToArray(new Person("Ada", 36))));
    }

    [Fact]
    public void Garbage_is_an_exception_and_not_a_value() =>
        Assert.ThrowsAny<Exception>(() => Serializer.Deserialize<Person>([0xff, 0xff, 0xff, 0xff, 0xff]));

    [Fact]
    public void An_unmarked_type_is_refused_by_its_name()
    {
        var error = Assert.Throws<CodecNotFoundException>(() => Serializer.SerializeToArray(new Unmarked()));
        Assert.Contains(nameof(Unmarked), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_deep_copy_shares_nothing_that_may_change()
    {
        var copier = Cluster.Client.ServiceProvider.GetRequiredService<DeepCopier>();
        var frozen = new Frozen { Text = "text" };
        var holder = new Holder { Frozen = frozen, FrozenList = [1], List = [2] };
        var copy = copier.Copy(holder)!;
        Assert.NotSame(holder, copy);
        Assert.NotSame(holder.List, copy.List);
        Assert.Equal(holder.List, copy.List);
        Assert.Same(frozen, copy.Frozen);
        Assert.Same(holder.FrozenList, copy.FrozenList);
    }

    [Fact]
    public void A_deep_copy_keeps_cycles_and_shared_objects()
    {
        var copier = Cluster.Client.ServiceProvider.GetRequiredService<DeepCopier<Node>>();
        var node = new Node { Name = "a", Next = new Node() };
        node.Next.Next = node;
        var copy = copier.Copy(node)!;
        Assert.NotSame(node, copy);
        Assert.Same(copy, copy.Next!.Next);
    }

    [Fact]
    public void A_deep_copy_of_an_unmarked_type_is_refused_by_its_name()
    {
        var copier = Cluster.Client.ServiceProvider.GetRequiredService<DeepCopier>();
        var error = Assert.ThrowsAny<Exception>(() => copier.Copy<object>(new Unmarked()));
        Assert.Contains(nameof(Unmarked), error.Message, StringComparison.Ordinal);
    }
}
