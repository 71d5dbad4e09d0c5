using System.Reflection;

namespace Betar.Libp2p.Tests.Documents;

/// <summary>What users see is a promise: it grows on purpose, and nothing of the inside is among it.</summary>
public sealed class PublicShapeTests
{
    private static readonly Type[] Public = typeof(Libp2pHost).Assembly.GetExportedTypes();

    [Fact]
    public void The_public_types_are_those_of_the_list()
    {
        var list = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Documents", "public-types.txt"));
        var types = Public.Select(type => type.FullName!.Replace('+', '.')).Order(StringComparer.Ordinal).ToArray();
        Assert.True(list.SequenceEqual(types), $"only in the list: {string.Join(", ", list.Except(types))}; not in the list: {string.Join(", ", types.Except(list))}");
    }

    [Fact]
    public void Nothing_of_the_inside_is_public() => Assert.Empty(Public.Select(type => type.Namespace!)
        .Where(name => new[] { "Buffers", "Muxing", "Negotiation", "Upgrading", "Hosting" }.Any(inside => name.EndsWith("." + inside, StringComparison.Ordinal)))
        .Distinct());

    [Fact]
    public void No_public_member_shows_a_type_of_the_inside()
    {
        var shown = Public.SelectMany(type => type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .SelectMany(member => Types(member).SelectMany(Parts).Where(part => part.Assembly == type.Assembly && !part.IsVisible).Select(part => $"{type.Name}.{member.Name} shows {part.Name}")));
        Assert.Empty(shown.Distinct());
    }

    [Fact]
    public void Public_classes_cannot_be_derived_from_but_exceptions_and_arguments_of_events() => Assert.Empty(Public
        .Where(type => type is { IsClass: true, IsSealed: false, IsAbstract: false } && !typeof(Exception).IsAssignableFrom(type) && !typeof(EventArgs).IsAssignableFrom(type))
        .Select(type => type.FullName));

    [Fact]
    public void Public_fields_are_constants() => Assert.Empty(Public.Where(type => !type.IsEnum)
        .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
        .Where(field => !field.IsLiteral).Select(field => $"{field.DeclaringType!.Name}.{field.Name}"));

    private static IEnumerable<Type> Types(MemberInfo member) => member switch
    {
        MethodInfo method => [method.ReturnType, .. method.GetParameters().Select(parameter => parameter.ParameterType)],
        ConstructorInfo constructor => constructor.GetParameters().Select(parameter => parameter.ParameterType),
        PropertyInfo property => [property.PropertyType],
        FieldInfo field => [field.FieldType],
        EventInfo handler => [handler.EventHandlerType!],
        _ => [],
    };

    private static IEnumerable<Type> Parts(Type type) => type switch
    {
        { HasElementType: true } => Parts(type.GetElementType()!),
        { IsGenericType: true } => [type, .. type.GetGenericArguments().SelectMany(Parts)],
        _ => [type],
    };
}
