using System.Collections.Immutable;
using Betar.Orleans.Embedded.Tests.Serialization.Shapes;
using Orleans.Concurrency;

namespace Betar.Orleans.Embedded.Tests.Serialization;

public sealed class GeneratedTypeTests
{
    [Fact]
    public void Properties_fields_and_private_fields()
    {
        var plain = new Plain { Number = -5, Text = "é", Numbers = [1, 2], Secret = Guid.NewGuid() };
        var back = SerializerHost.RoundTrip(plain);
        Assert.Equal((-5, "é", plain.Secret), (back.Number, back.Text, back.Secret));
        Assert.Equal([1, 2], back.Numbers);
    }

    [Fact]
    public void Positional_records_with_members_of_their_own()
    {
        var position = new Position(1, "n", 2.50m) { At = DateTimeOffset.UnixEpoch };
        Assert.Equal(position, SerializerHost.RoundTrip(position));
        Assert.Equal(position, SerializerHost.Copier.Copy(position));
        Assert.NotSame(position, SerializerHost.Copier.Copy(position));
    }

    [Fact]
    public void Record_structs_and_structs()
    {
        Assert.Equal(new Point(1.5, double.NaN), SerializerHost.RoundTrip(new Point(1.5, double.NaN)));
        var value = new Mutable(long.MinValue) { Numbers = [1, 2, 3] };
        var back = SerializerHost.RoundTrip(value);
        Assert.Equal(long.MinValue, back.Fixed);
        Assert.Equal([1, 2, 3], back.Numbers!);
        var copy = SerializerHost.Copier.Copy(value);
        Assert.NotSame(value.Numbers, copy.Numbers);
        Assert.Equal([1, 2, 3], copy.Numbers!);
        Assert.Equal(long.MinValue, copy.Fixed);
    }

    [Fact]
    public void Members_of_base_classes_and_setters_that_are_private()
    {
        var circle = new Circle { Name = "c", Color = Color.Green }.WithRadius(2.5);
        foreach (var back in new[] { SerializerHost.RoundTrip(circle), SerializerHost.Copier.Copy(circle) })
            Assert.Equal(("c", Color.Green, 2.5), (back.Name, back.Color, back.Radius));
    }

    [Fact]
    public void Generic_types_and_types_within_generic_types()
    {
        var box = SerializerHost.RoundTrip(new Box<string>("v") { More = ["a", "b"] });
        Assert.Equal("v", box.Value);
        Assert.Equal(["a", "b"], box.More.AsEnumerable());
        var inner = new Box<string>.Inner<int>("x", 2);
        Assert.Equal(inner, SerializerHost.RoundTrip(inner));
        Assert.Equal(inner, SerializerHost.RoundTrip<object>(inner));
        Assert.Equal(3, SerializerHost.RoundTrip(new Box<Box<int>>(new(3))).Value.Value);
    }

    [Fact]
    public void Members_of_every_declared_kind()
    {
        var everything = new Everything
        {
            Anything = new Circle { Name = "c" },
            Strings = new List<string> { "a", "b" },
            Positions = new() { ["p"] = new(1, "n", 2.50m) },
            Wrapped = new[] { 4, 5 }.AsImmutable(),
            Pair = (7, "x"),
            Maybe = new Point(1, 2),
        };
        var back = SerializerHost.RoundTrip(everything);
        Assert.IsType<Circle>(back.Anything);
        Assert.Equal(everything.Strings, back.Strings);
        Assert.Equal(everything.Positions, back.Positions);
        Assert.Equal([4, 5], back.Wrapped.Value);
        Assert.Equal((7, "x"), back.Pair);
        Assert.Equal(new Point(1, 2), back.Maybe);
    }

    [Fact]
    public void Objects_come_to_life_by_the_constructor_that_their_type_has()
    {
        Assert.True(SerializerHost.RoundTrip(new WithDefaults()).ConstructorRan);
        Assert.True(SerializerHost.RoundTrip(WithPrivateConstructor.Make()).ConstructorRan);
        Assert.False(SerializerHost.RoundTrip(new WithoutDefaults("a")).ConstructorRan);
        Assert.Same(SerializerHost.Serializer, SerializerHost.RoundTrip(new WithService(null!)).Service);
    }

    [Fact]
    public void What_is_not_marked_stays_at_its_default()
    {
        var back = SerializerHost.RoundTrip(new WithDefaults { Kept = 1, Left = 2 });
        Assert.Equal((1, 5), (back.Kept, back.Left));
    }

    [Fact]
    public void Transparent_base_classes_have_no_members() =>
        Assert.Equal(3, SerializerHost.RoundTrip(new OnTransparent { Value = 3 }).Value);

    [Fact]
    public void Surrogates_carry_types_that_cannot_be_marked()
    {
        var foreign = new Foreign(5, ["a"]);
        foreach (var back in new[] { SerializerHost.RoundTrip(foreign), SerializerHost.Copier.Copy(foreign), (Foreign)SerializerHost.RoundTrip<object>(foreign) })
        {
            Assert.Equal(5, back.Number);
            Assert.Equal(["a"], back.Texts);
            Assert.NotSame(foreign.Texts, back.Texts);
        }

        Assert.Equal(7, SerializerHost.RoundTrip(new ForeignBox<int>(7)).Content);
    }

    [Fact]
    public void Wide_distances_between_ids()
    {
        var sparse = SerializerHost.RoundTrip(new Sparse { First = 1, Second = "2", Third = 3, Last = 4 });
        Assert.Equal((1, "2", 3L, 4), (sparse.First, sparse.Second, sparse.Third, sparse.Last));
    }

    [Fact]
    public void Accessors_that_are_not_automatic()
    {
        var back = SerializerHost.RoundTrip(new WithBodies(21));
        Assert.Equal(21, back.Read());
    }
}
