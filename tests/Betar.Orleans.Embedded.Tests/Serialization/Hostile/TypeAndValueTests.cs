using Betar.Orleans.Embedded.Serialization;
using Betar.Orleans.Embedded.Tests.Serialization.Shapes;
using Orleans.Serialization;
using static Betar.Orleans.Embedded.Tests.Serialization.Hostile.HandMade;

namespace Betar.Orleans.Embedded.Tests.Serialization.Hostile;

/// <summary>Types that were not meant to travel, and values that a type does not take.</summary>
public sealed class TypeAndValueTests
{
    [Theory]
    [InlineData("System.Diagnostics.Process")]
    [InlineData("System.IO.FileInfo")]
    [InlineData("Betar.Nothing")]
    [InlineData("System.Collections.Generic.List`1<System.Diagnostics.Process>")]
    [InlineData("System.Collections.Generic.List`1<")]
    [InlineData("System.Collections.Generic.List`1<System.Int32,System.Int32>")]
    [InlineData("System.Collections.Generic.List`1")]
    [InlineData("System.Nullable`1<System.String>")]
    [InlineData("System.Int32>")]
    [InlineData("System.Int32[,]")]
    [InlineData("System.Void")]
    [InlineData("")]
    public void Types_that_were_not_meant_to_travel_are_refused(string name) =>
        Assert.ThrowsAny<SerializerException>(() => SerializerHost.Serializer.Deserialize<object>(Typed(name)));

    [Fact]
    public void Type_names_without_end_are_refused()
    {
        Refused<object>("nested too deep", Typed("System.Int32" + string.Concat(Enumerable.Repeat("[]", 1000))));
        Refused<object>("nested too deep", Typed(string.Concat(Enumerable.Repeat("System.Collections.Generic.List`1<", 100))));
        Refused<object>("too long", Typed(new string('x', 5000)));
    }

    [Fact]
    public void A_type_that_the_declared_one_cannot_hold_is_refused() =>
        Refused<Shape>("stands for a", SerializerHost.Serializer.SerializeToArray<object>(new Plain()));

    [Fact]
    public void An_abstract_type_is_not_made() => Refused<Shape>("", SerializerHost.Write(static writer =>
    {
        writer.BeginObject(0);
        writer.EndObject();
    }));

    [Fact]
    public void An_interface_cannot_be_read_when_no_type_is_given() =>
        Refused<PolymorphismTests.INamed>($"no type is given where {typeof(PolymorphismTests.INamed)} is declared", SerializerHost.Write(static writer =>
        {
            writer.BeginObject(0);
            writer.EndObject();
        }));

    [Fact]
    public void Null_where_a_value_must_be_is_refused()
    {
        var bytes = SerializerHost.Serializer.SerializeToArray<string?>(null);
        Refused<int>("", bytes);
        Refused<Point>("null stands for", bytes);
        Refused<Guid>("", bytes);
        Refused<Color>("", bytes);
    }

    [Fact]
    public void Values_that_a_type_does_not_take_are_refused()
    {
        Refused<decimal>("does not take", SerializerHost.Write(static writer => writer.WriteFixed128(0, UInt128.MaxValue)));
        Refused<DateOnly>("does not take", SerializerHost.Write(static writer => writer.WriteInt32(0, -1)));
        Refused<TimeOnly>("does not take", SerializerHost.Write(static writer => writer.WriteInt64(0, -1)));
        Refused<Version>("does not take", SerializerHost.Write(static writer => writer.WriteString(0, "x")));
        Refused<System.Net.IPAddress>("does not take", SerializerHost.Write(static writer => writer.WriteString(0, "x")));
        Refused<DateTimeOffset>("wrong length", SerializerHost.Write(static writer => writer.WriteBytes(0, [1])));
        Refused<int[]>("within an element", SerializerHost.Write(static writer => writer.WriteBytes(0, [1])));
        Refused<byte>("out of range", SerializerHost.Write(static writer => writer.WriteUInt64(0, 256)));
        Refused<Dictionary<string, int>>("stands there twice", Map("a", "a"));
        Refused<Dictionary<string, int>>("is null", Map([null]));
        Refused<Dictionary<int, int>>("a comparer is unknown", SerializerHost.Write(static writer =>
        {
            writer.BeginObject(0);
            writer.WriteUInt64(0, 2);
        }));
    }
}
