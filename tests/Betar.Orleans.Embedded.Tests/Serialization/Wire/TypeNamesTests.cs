using System.Text;
using Betar.Orleans.Embedded.Serialization;
using Betar.Orleans.Embedded.Tests.Serialization.Shapes;
using Betar.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization.Invocation;
using Orleans.Serialization.Serializers;
using Orleans.Serialization;

namespace Betar.Orleans.Embedded.Tests.Serialization.Wire;

public sealed class TypeNamesTests
{
    private static TypeNames Names => SerializerHost.Codecs.TypeNames;

    [Theory]
    [InlineData(typeof(int), "System.Int32")]
    [InlineData(typeof(int?), "System.Nullable`1<System.Int32>")]
    [InlineData(typeof(string[][]), "System.String[][]")]
    [InlineData(typeof(List<Point>), "System.Collections.Generic.List`1<Betar.Orleans.Embedded.Tests.Serialization.Shapes.Point>")]
    [InlineData(typeof(Dictionary<string, List<int[]>>), "System.Collections.Generic.Dictionary`2<System.String,System.Collections.Generic.List`1<System.Int32[]>>")]
    [InlineData(typeof(Box<int>.Inner<long>), "Betar.Orleans.Embedded.Tests.Serialization.Shapes.Box`1+Inner`1<System.Int32,System.Int64>")]
    [InlineData(typeof(Shape), "shape")]
    [InlineData(typeof(List<Shape>), "System.Collections.Generic.List`1<shape>")]
    [InlineData(typeof(Response<int>), "~r<System.Int32>")]
    [InlineData(typeof((int, string)), "System.ValueTuple`2<System.Int32,System.String>")]
    [InlineData(typeof(TimeoutException), "System.TimeoutException")]
    [InlineData(typeof(IOddGrain), "Betar.Orleans.Embedded.Tests.Serialization.Shapes.IOddGrain")]
    public void Names_are_what_a_person_would_write(Type type, string name)
    {
        Assert.Equal(name, Encoding.UTF8.GetString(Names.Format(type)));
        Assert.Equal(type, Names.Resolve(Encoding.UTF8.GetBytes(name)));
    }

    [Fact]
    public void A_name_is_made_and_resolved_once()
    {
        Assert.Same(Names.Format(typeof(List<Plain>)), Names.Format(typeof(List<Plain>)));
        var name = Names.Format(typeof(List<Plain>));
        Assert.Equal(0, Allocations.LeastOf(() => Names.Resolve(name)));
    }

    [Fact]
    public void Names_that_lead_nowhere_are_not_remembered()
    {
        for (var i = 0; i < 3; i++)
            Assert.Contains($"No.Such.Type{i}", Assert.Throws<SerializerException>(() => Names.Resolve(Encoding.UTF8.GetBytes($"No.Such.Type{i}"))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(@"System.Collections.Generic.List`1\[\[System.Int32\]\]")]
    [InlineData(@"System.Int32\[\]")]
    [InlineData(@"System.Int32\, System.Private.CoreLib")]
    [InlineData("System.Int32*")]
    [InlineData("System.Int32&")]
    public void A_name_cannot_smuggle_what_reflection_would_read_into_it(string name) =>
        Assert.Contains("is not known", Assert.Throws<SerializerException>(() => Names.Resolve(Encoding.UTF8.GetBytes(name))).Message, StringComparison.Ordinal);

    [Fact]
    public void Bytes_cannot_make_any_number_of_types()
    {
        using var services = new ServiceCollection().AddSerializer().BuildServiceProvider();
        var names = services.GetRequiredService<CodecProvider>().TypeNames;
        var made = 0;
        var exception = Assert.Throws<SerializerException>(() =>
        {
            for (; made < 10_000; made++)
                names.Resolve(Encoding.UTF8.GetBytes(Distinct(made)));
        });
        Assert.Contains("too many different", exception.Message, StringComparison.Ordinal);
        Assert.InRange(made, 500, 5000);
        Assert.Equal(typeof(int), names.Resolve("System.Int32"u8));
        Assert.NotNull(names.Resolve(Encoding.UTF8.GetBytes(Distinct(1))));

        static string Distinct(int number)
        {
            string[] leaves = ["System.Int32", "System.String", "System.Int64", "System.Guid", "System.Byte", "System.Char", "System.Double", "System.Object"];
            return $"System.ValueTuple`5<{string.Join(",", Enumerable.Range(0, 5).Select(i => leaves[(number >> (3 * i)) & 7]))}>";
        }
    }

    [Fact]
    public void Types_that_have_no_place_here_have_no_name()
    {
        Assert.Throws<CodecNotFoundException>(() => Names.Format(typeof(System.Diagnostics.Process)));
        Assert.Throws<CodecNotFoundException>(() => Names.Format(typeof(List<System.Diagnostics.Process>)));
    }

    [Fact]
    public void Marked_types_are_known_and_others_are_not()
    {
        Assert.True(Names.IsKnown(typeof(Color)));
        Assert.False(Names.IsKnown(typeof(Unmarked)));
    }

    [Fact]
    public void Long_names_are_read_as_well_as_short_ones()
    {
        Type type = typeof(Plain);
        for (var i = 0; i < 8; i++)
            type = typeof(Dictionary<,>).MakeGenericType(typeof(string), type);
        var name = Names.Format(type);
        Assert.InRange(name.Length, 400, 4096);
        Assert.Equal(type, Names.Resolve(name));
    }
}
