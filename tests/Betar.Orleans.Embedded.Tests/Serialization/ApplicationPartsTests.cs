using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Serialization;
using Orleans.Serialization.Configuration;

namespace Betar.Orleans.Embedded.Tests.Serialization;

public sealed class ApplicationPartsTests
{
    [Fact]
    public void Loaded_assemblies_with_generated_code_are_parts()
    {
        var parts = ApplicationParts.Loaded();
        Assert.Contains(typeof(ApplicationPartsTests).Assembly, parts);
        Assert.Contains(typeof(GenerateSerializerAttribute).Assembly, parts);
        Assert.DoesNotContain(typeof(object).Assembly, parts);
        Assert.DoesNotContain(typeof(FactAttribute).Assembly, parts);
    }

    [Fact]
    public void A_part_names_the_parts_that_it_refers_to() => Assert.Contains(
        "Betar.Orleans.Embedded",
        typeof(ApplicationPartsTests).Assembly.GetCustomAttributes(typeof(ApplicationPartAttribute), inherit: false)
            .Cast<ApplicationPartAttribute>().Select(static part => part.AssemblyName));

    [Fact]
    public void A_manifest_is_applied_once_however_often_its_assembly_is_added()
    {
        var services = new ServiceCollection().AddSerializer(static builder =>
            builder.AddAssembly(typeof(ApplicationPartsTests).Assembly).AddAssembly(typeof(ApplicationPartsTests).Assembly));
        var providers = services.Where(static service => typeof(ITypeManifestProvider).IsAssignableFrom(service.ImplementationType)).Select(static service => service.ImplementationType);
        Assert.Equal(providers.Distinct(), providers);
    }

    [Fact]
    public void A_manifest_of_one_s_own_can_be_added()
    {
        using var services = new ServiceCollection().AddSerializer(static builder =>
            builder.Configure(static manifest => manifest.WellKnownTypeAliases["mine"] = typeof(Shapes.Plain))).BuildServiceProvider();
        Assert.Equal(typeof(Shapes.Plain), services.GetRequiredService<IOptions<TypeManifestOptions>>().Value.WellKnownTypeAliases["mine"]);
        var serializer = services.GetRequiredService<Serializer>();
        Assert.Contains("mine", System.Text.Encoding.UTF8.GetString(serializer.SerializeToArray<object>(new Shapes.Plain())), StringComparison.Ordinal);
    }
}
