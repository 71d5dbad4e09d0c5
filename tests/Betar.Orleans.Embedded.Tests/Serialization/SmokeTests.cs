using Betar.Orleans.Embedded.Tests.Serialization.Shapes;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Betar.Orleans.Embedded.Tests.Serialization;

public sealed class SmokeTests
{
    [Fact]
    public void Shapes_round_trip()
    {
        using var services = new ServiceCollection().AddSerializer().BuildServiceProvider();
        var serializer = services.GetRequiredService<Serializer>();
        var plain = new Plain { Number = -5, Text = "é", Numbers = [1, 2], Secret = Guid.NewGuid() };
        plain.Next = plain;
        var back = serializer.Deserialize<Plain>(serializer.SerializeToArray(plain));
        Assert.Equal((-5, "é", plain.Secret), (back.Number, back.Text, back.Secret));
        Assert.Same(back, back.Next);
        Assert.Equal([1, 2], back.Numbers);

        var everything = new Everything
        {
            Anything = new Circle { Name = "c", Color = Color.Green }.WithRadius(2.5),
            Strings = ["a", "b"],
            Positions = new() { ["p"] = new(1, "n", 2.50m) { At = DateTimeOffset.UnixEpoch } },
            Pair = (7, "x"),
            Maybe = new Point(1, 2),
        };
        everything.Strings = new List<string> { "a", "b" };
        var copy = serializer.Deserialize<Everything>(serializer.SerializeToArray(everything));
        Assert.Equal(2.5, Assert.IsType<Circle>(copy.Anything).Radius);
        Assert.Equal(everything.Positions, copy.Positions);
        Assert.Equal(everything.Pair, copy.Pair);
        Assert.Equal(everything.Maybe, copy.Maybe);
    }
}
