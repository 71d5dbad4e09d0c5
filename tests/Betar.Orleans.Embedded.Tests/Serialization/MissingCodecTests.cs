using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Orleans.Serialization.Configuration;

namespace Betar.Orleans.Embedded.Tests.Serialization;

public sealed class MissingCodecTests
{
    [Fact]
    public void The_error_names_the_type_and_the_fix()
    {
        var exception = Assert.Throws<CodecNotFoundException>(() => SerializerHost.Serializer.SerializeToArray(new Unmarked()));
        Assert.Contains(typeof(Unmarked).FullName!, exception.Message, StringComparison.Ordinal);
        Assert.Contains("[GenerateSerializer]", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(typeof(Unmarked), false)]
    [InlineData(typeof(LinkedList<int>), false)]
    [InlineData(typeof(List<LinkedList<int>>), false)]
    [InlineData(typeof(Unmarked[]), false)]
    [InlineData(typeof(Dictionary<string, Unmarked>), false)]
    [InlineData(typeof(Unmarked?[][]), false)]
    [InlineData(typeof(int[,]), false)]
    [InlineData(typeof(Action), false)]
    [InlineData(typeof(Task<int>), false)]
    [InlineData(typeof(nint), false)]
    [InlineData(typeof(Dictionary<string, List<int?>>), true)]
    [InlineData(typeof(IReadOnlyList<string>), true)]
    [InlineData(typeof(object), true)]
    [InlineData(typeof((int, string[])), true)]
    public void What_can_be_serialized_can_be_asked(Type type, bool expected) =>
        Assert.Equal(expected, SerializerHost.Serializer.CanSerialize(type));

    [Fact]
    public void The_start_up_check_tells_everything_that_is_missing_at_once()
    {
        using var services = new ServiceCollection().AddSerializer(static builder => builder.Configure(static manifest =>
        {
            manifest.Required[typeof(LinkedList<int>)] = "Some.Type.Member";
            manifest.Required[typeof(List<Unmarked>)] = "IGrain.Method(List<Unmarked>)";
            manifest.Required[typeof(List<int>)] = "fine";
        })).BuildServiceProvider();
        var message = Assert.Throws<CodecNotFoundException>(services.GetRequiredService<ManifestValidator>().Validate).Message;
        Assert.Contains("LinkedList", message, StringComparison.Ordinal);
        Assert.Contains("Some.Type.Member", message, StringComparison.Ordinal);
        Assert.Contains("IGrain.Method(List<Unmarked>)", message, StringComparison.Ordinal);
        Assert.Contains("[GenerateSerializer]", message, StringComparison.Ordinal);
        Assert.DoesNotContain("fine", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_in_this_assembly_passes_the_start_up_check() =>
        SerializerHost.Services.GetRequiredService<ManifestValidator>().Validate();

    [Fact]
    public void Generated_code_asks_for_its_parameters_results_and_members()
    {
        var required = SerializerHost.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<TypeManifestOptions>>().Value.Required;
        Assert.Contains(typeof(Shapes.Plain[]), required.Keys);
        Assert.Contains(typeof((int, string)), required.Keys);
        Assert.Contains(typeof(Dictionary<string, Shapes.Position>), required.Keys);
        Assert.Contains(typeof(Shapes.Shape), required.Keys);
    }

    [Fact]
    public void Two_types_of_one_name_are_refused()
    {
        using var services = new ServiceCollection().AddSerializer(static builder => builder.Configure(static manifest =>
        {
            manifest.WellKnownTypeAliases["same"] = typeof(Shapes.Plain);
            manifest.WellKnownTypeAliases[typeof(Shapes.Point).FullName!] = typeof(Shapes.Mutable);
        })).BuildServiceProvider();
        var message = Assert.Throws<InvalidOperationException>(services.GetRequiredService<Serializer>).Message;
        Assert.Contains("[Alias]", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Adding_the_serializer_twice_adds_it_once()
    {
        var services = new ServiceCollection().AddSerializer();
        var count = services.Count;
        Assert.Equal(count, services.AddSerializer(static builder => builder.AddAssembly(typeof(MissingCodecTests).Assembly)).Count);
    }

    [Fact]
    public void A_base_class_that_cannot_be_built_on_is_named()
    {
        var message = Assert.Throws<CodecNotFoundException>(static () => SerializerHost.Codecs.GetBase<List<int>>()).Message;
        Assert.Contains("List", message, StringComparison.Ordinal);
        Assert.Contains("[SerializerTransparent]", message, StringComparison.Ordinal);
    }

    private struct Unmarked;
}
