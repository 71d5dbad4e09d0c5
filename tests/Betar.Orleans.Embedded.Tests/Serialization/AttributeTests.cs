using Betar.Orleans.Embedded.Tests.Serialization.Shapes;
using Orleans;
using Orleans.Concurrency;

namespace Betar.Orleans.Embedded.Tests.Serialization;

public sealed class AttributeTests
{
    [Fact]
    public void They_say_what_they_were_told()
    {
        Assert.Equal(7u, new IdAttribute(7).Id);
        Assert.Equal("name", new AliasAttribute("name").Alias);
        Assert.Equal("Assembly", new ApplicationPartAttribute("Assembly").AssemblyName);
        Assert.Equal(TimeSpan.FromSeconds(90), new ResponseTimeoutAttribute("00:01:30").Timeout);
        Assert.Throws<FormatException>(static () => new ResponseTimeoutAttribute("soon"));
    }

    [Fact]
    public void Immutability_is_not_inherited()
    {
        Assert.True(typeof(CopyTests.ImmutableBase).IsDefined(typeof(ImmutableAttribute), inherit: true));
        Assert.False(typeof(CopyTests.MutableOnImmutable).IsDefined(typeof(ImmutableAttribute), inherit: true));
    }

    [Fact]
    public void Wrapped_values_are_equal_when_what_they_wrap_is()
    {
        var left = "a".AsImmutable();
        Assert.True(left == new Immutable<string>("a"));
        Assert.True(left != "b".AsImmutable());
        Assert.True(left.Equals((object)new Immutable<string>("a")));
        Assert.False(left.Equals("a"));
        Assert.Equal(left.GetHashCode(), new Immutable<string>("a").GetHashCode());
        Assert.Equal(0, default(Immutable<string>).GetHashCode());
        Assert.Equal(new Immutable<Position>(new(1, "n", 2)), new Position(1, "n", 2).AsImmutable());
    }
}
