using System.Collections.Immutable;
using Betar.Orleans.Embedded.Tests.Serialization.Shapes;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Concurrency;
using Orleans.Serialization;
using Orleans.Serialization.Cloning;

namespace Betar.Orleans.Embedded.Tests.Serialization;

public sealed class CopyTests
{
    [Fact]
    public void Mutable_parts_are_copied_all_the_way_down()
    {
        var original = new Everything { Positions = new() { ["a"] = new(1, "n", 2) }, Anything = new[] { 1, 2 }, Strings = new List<string> { "s" } };
        var copy = SerializerHost.Copier.Copy(original);
        Assert.NotSame(original.Positions, copy.Positions);
        Assert.NotSame(original.Positions["a"], copy.Positions!["a"]);
        Assert.NotSame(original.Anything, copy.Anything);
        Assert.NotSame(original.Strings, copy.Strings);
        Assert.Equal(original.Strings, copy.Strings);
    }

    [Fact]
    public void Immutable_types_are_shared()
    {
        var frozen = new Frozen { Values = [1] };
        Assert.Same(frozen, SerializerHost.Copier.Copy(frozen));
        Assert.Same(frozen, SerializerHost.Copier.Copy<object>(frozen));
        Assert.Same(frozen, SerializerHost.Copier.Copy(new List<Frozen> { frozen })[0]);
        Assert.Same(frozen, SerializerHost.Copier.Copy((frozen, 1)).frozen);
        var text = new string('x', 3);
        Assert.Same(text, SerializerHost.Copier.Copy(text));
        var uri = new Uri("https://example.org");
        Assert.Same(uri, SerializerHost.Copier.Copy<object>(uri));
    }

    [Fact]
    public void Wrapped_values_are_shared()
    {
        var values = new[] { 1, 2 };
        Assert.Same(values, SerializerHost.Copier.Copy(values.AsImmutable()).Value);
        Assert.Same(values, SerializerHost.Copier.Copy(new Everything { Wrapped = values.AsImmutable() }).Wrapped.Value);
    }

    [Fact]
    public void Members_marked_immutable_are_shared()
    {
        var original = new WithImmutableMember { Shared = [1], Owned = [1] };
        var copy = SerializerHost.Copier.Copy(original);
        Assert.Same(original.Shared, copy.Shared);
        Assert.NotSame(original.Owned, copy.Owned);
    }

    [Fact]
    public void A_mutable_type_derived_from_an_immutable_one_is_copied()
    {
        var derived = new MutableOnImmutable { Values = [1] };
        var copy = Assert.IsType<MutableOnImmutable>(SerializerHost.Copier.Copy<ImmutableBase>(derived));
        Assert.NotSame(derived, copy);
        Assert.NotSame(derived.Values, copy.Values);
    }

    [Fact]
    public void Immutable_collections_are_shared_when_their_elements_are()
    {
        var numbers = ImmutableList.Create(1, 2);
        Assert.Same(numbers, SerializerHost.Copier.Copy(numbers));
        var arrays = ImmutableList.Create<int[]>([1], [2]);
        var copy = SerializerHost.Copier.Copy(arrays);
        Assert.NotSame(arrays[0], copy[0]);
        Assert.Equal(arrays[1], copy[1]);
    }

    [Fact]
    public void Copies_of_structs_own_their_parts()
    {
        var original = new[] { new Mutable(1) { Numbers = [1] } };
        var copy = SerializerHost.Copier.Copy(original);
        Assert.NotSame(original[0].Numbers, copy[0].Numbers);
        Assert.Equal(1, copy[0].Fixed);
    }

    [Fact]
    public void Null_stays_null()
    {
        Assert.Null(SerializerHost.Copier.Copy<Plain?>(null));
        Assert.Null(SerializerHost.Copier.Copy<object?>(null));
        Assert.Null(SerializerHost.Copier.Copy<List<int>?>(null));
        Assert.Null(SerializerHost.Copier.Copy<string?>(null));
    }

    [Fact]
    public void A_plain_object_is_an_identity_of_its_own()
    {
        var key = new object();
        var copy = SerializerHost.Copier.Copy(new[] { key, key });
        Assert.NotSame(key, copy[0]);
        Assert.Same(copy[0], copy[1]);
        var back = SerializerHost.RoundTrip(new[] { key, key });
        Assert.Same(back[0], back[1]);
    }

    [Fact]
    public void Copiers_of_one_type_come_from_the_container()
    {
        var value = new Plain { Number = 3 };
        Assert.Equal(3, SerializerHost.Services.GetRequiredService<DeepCopier<Plain>>().Copy(value).Number);
        Assert.Equal(3, SerializerHost.Copier.GetCopier<Plain>().Copy(value).Number);
        var copier = SerializerHost.Services.GetRequiredService<IDeepCopier<Plain>>();
        using var context = SerializerHost.Services.GetRequiredService<CopyContextPool>().GetContext();
        var copy = Assert.IsType<Plain>(copier.DeepCopy((object)value, context));
        Assert.NotSame(value, copy);
        Assert.Same(copy, context.DeepCopy(value));
    }

    [Fact]
    public void Contexts_in_use_at_once_are_two()
    {
        var pool = SerializerHost.Services.GetRequiredService<CopyContextPool>();
        using var first = pool.GetContext();
        using var second = pool.GetContext();
        Assert.NotSame(first, second);
    }

    [Fact]
    public void Types_without_codec_cannot_be_copied() =>
        Assert.Throws<CodecNotFoundException>(() => SerializerHost.Copier.Copy<object>(new LinkedList<int>()));

    [GenerateSerializer]
    public sealed class WithImmutableMember
    {
        [Id(0)]
        [Immutable]
        public int[]? Shared { get; set; }

        [Id(1)]
        public int[]? Owned { get; set; }
    }

    [GenerateSerializer]
    [Immutable]
    public class ImmutableBase
    {
        [Id(0)]
        public int Number { get; init; }
    }

    [GenerateSerializer]
    public sealed class MutableOnImmutable : ImmutableBase
    {
        [Id(0)]
        public int[]? Values { get; set; }
    }
}
