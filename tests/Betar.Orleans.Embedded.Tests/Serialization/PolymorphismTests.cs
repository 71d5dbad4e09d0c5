using Betar.Orleans.Embedded.Tests.Serialization.Shapes;
using Orleans;
using Orleans.Serialization;

namespace Betar.Orleans.Embedded.Tests.Serialization;

public sealed class PolymorphismTests
{
    [Fact]
    public void A_base_class_is_declared_and_a_derived_one_arrives()
    {
        var shapes = SerializerHost.RoundTrip<Shape[]>([new Circle { Name = "a" }.WithRadius(1), new Square { Name = "b" }]);
        Assert.Equal(1, Assert.IsType<Circle>(shapes[0]).Radius);
        Assert.Equal("b", Assert.IsType<Square>(shapes[1]).Name);
    }

    [Fact]
    public void A_concrete_base_class_is_declared_and_a_derived_one_arrives()
    {
        var values = SerializerHost.RoundTrip<List<Animal>>([new Animal { Legs = 4 }, new Dog { Legs = 3, Name = "Rex" }]);
        Assert.IsType<Animal>(values[0]);
        Assert.Equal(("Rex", 3), (Assert.IsType<Dog>(values[1]).Name, values[1].Legs));
    }

    [Fact]
    public void An_interface_is_declared()
    {
        var values = SerializerHost.RoundTrip<INamed[]>([new Dog { Name = "Rex" }, new Tag("t")]);
        Assert.Equal(["Rex", "t"], values.Select(static value => value.Name));
        Assert.IsType<Tag>(values[1]);
        Assert.Equal("Rex", SerializerHost.RoundTrip<List<INamed>>([new Dog { Name = "Rex" }])[0].Name);
        Assert.Equal("Rex", Assert.IsType<List<INamed>>(SerializerHost.RoundTrip<object>(new List<INamed> { new Dog { Name = "Rex" } }))[0].Name);
    }

    [Fact]
    public void A_boxed_enum_is_itself_when_marked_and_its_number_otherwise()
    {
        Assert.Equal(Color.Green, SerializerHost.RoundTrip<object>(Color.Green));
        Assert.Equal(7, SerializerHost.RoundTrip<object>(Unmarked.A));
        Assert.Equal(Unmarked.A, SerializerHost.RoundTrip(Unmarked.A));
        Assert.Equal(Unmarked.A, SerializerHost.Copier.Copy<object>(Unmarked.A));
    }

    [Fact]
    public void Maps_of_anything()
    {
        var map = new Dictionary<string, object?> { ["a"] = 1, ["b"] = "x", ["c"] = null, ["d"] = new Dog { Name = "Rex" }, ["e"] = new[] { 1.5 } };
        var back = SerializerHost.RoundTrip(map);
        Assert.Equal((1, "x", null), (back["a"], back["b"], back["c"]));
        Assert.Equal("Rex", Assert.IsType<Dog>(back["d"]).Name);
        Assert.Equal([1.5], Assert.IsType<double[]>(back["e"]));
    }

    [Fact]
    public void What_needs_no_type_on_the_wire_has_none()
    {
        var text = System.Text.Encoding.UTF8.GetString(SerializerHost.Serializer.SerializeToArray(new List<Dog> { new() { Name = "Rex" } }));
        Assert.DoesNotContain(nameof(Dog), text, StringComparison.Ordinal);
        Assert.InRange(SerializerHost.Serializer.SerializeToArray(new Point(1, 2)).Length, 1, 25);
    }

    [Fact]
    public void A_type_is_named_once_in_a_message()
    {
        var text = System.Text.Encoding.UTF8.GetString(SerializerHost.Serializer.SerializeToArray<object[]>([new Dog(), new Dog(), new Dog()]));
        Assert.Equal(2, text.Split(nameof(Dog)).Length);
    }

    [Fact]
    public void Anonymous_and_compiler_made_types_are_refused_by_name()
    {
        Assert.Contains("AnonymousType", Refused(new { A = 1 }), StringComparison.Ordinal);
        Assert.Contains("Iterator", Refused(Enumerable.Range(0, 3).Where(static i => i > 1)), StringComparison.Ordinal);
        IReadOnlyList<int> literal = [1, 2, 3];
        Assert.Contains("ReadOnlyArray", Refused(literal), StringComparison.Ordinal);
    }

    private static string Refused(object value) =>
        Assert.Throws<CodecNotFoundException>(() => SerializerHost.Serializer.SerializeToArray(value)).Message;

    public interface INamed
    {
        string? Name { get; }
    }

    [GenerateSerializer]
    public class Animal
    {
        [Id(0)]
        public int Legs { get; set; }
    }

    [GenerateSerializer]
    public sealed class Dog : Animal, INamed
    {
        [Id(0)]
        public string? Name { get; set; }
    }

    [GenerateSerializer]
    public sealed class Square : Shape;

    [GenerateSerializer]
    public readonly record struct Tag(string Name) : INamed;
}
