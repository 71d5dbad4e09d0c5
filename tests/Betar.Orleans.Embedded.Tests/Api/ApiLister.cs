using System.Reflection;
using System.Runtime.CompilerServices;

namespace Betar.Orleans.Embedded.Tests.Api;

/// <summary>
/// Lists what assemblies show in Orleans' namespaces, one line a type and a member. Left out: generated code, explicit
/// implementations, what is private or internal, protected members of sealed types.
/// </summary>
internal static class ApiLister
{
    const BindingFlags Declared = BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    public static string[] List(params Assembly[] assemblies) =>
    [
        .. assemblies.SelectMany(assembly => assembly.GetTypes())
            .Where(IsListed)
            .OrderBy(TypeText.Of, StringComparer.Ordinal)
            .SelectMany(Lines),
    ];

    public static bool IsOrleansNamespace(string? name) =>
        name is not null && (name == "Orleans" || name.StartsWith("Orleans.", StringComparison.Ordinal) || name == "Microsoft.Extensions.Hosting");

    static bool IsListed(Type type)
    {
        if (!IsOrleansNamespace(type.Namespace) || IsGenerated(type) || Marks.IsHidden(type))
        {
            return false;
        }

        for (var current = type; current.IsNested; current = current.DeclaringType!)
        {
            var open = current.IsNestedPublic || ((current.IsNestedFamily || current.IsNestedFamORAssem) && !current.DeclaringType!.IsSealed);
            if (!open)
            {
                return false;
            }
        }

        return type.IsVisible || type.IsNested;
    }

    static IEnumerable<string> Lines(Type type)
    {
        yield return TypeLine.Of(type);
        if (typeof(Delegate).IsAssignableFrom(type))
        {
            yield break;
        }

        var name = TypeText.Of(type);
        foreach (var line in type.IsEnum ? Values(type, name) : Members(type, name))
        {
            yield return line;
        }
    }

    static IEnumerable<string> Values(Type type, string name) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => $"V {name} {field.Name} = {Convert.ToString(field.GetRawConstantValue(), System.Globalization.CultureInfo.InvariantCulture)}{Marks.Of(field).Replace("const, ", "", StringComparison.Ordinal).Replace(" [const]", "", StringComparison.Ordinal)}")
            .Order(StringComparer.Ordinal);

    static IEnumerable<string> Members(Type type, string name)
    {
        var constructors = type.GetConstructors(Declared).Where(item => !item.IsStatic && IsShown(item))
            .Select(item => $"C {name} ({ParameterText.Of(item)}){Marks.Of(item)}");
        var events = type.GetEvents(Declared).Where(item => IsShown(item.AddMethod!) && !IsGenerated(item))
            .Select(item => $"E {name} {item.Name} : {TypeText.Of(item.EventHandlerType!)}{Marks.Of(item, item.AddMethod!)}");
        var fields = type.GetFields(Declared).Where(item => IsShown(item) && !IsGenerated(item))
            .Select(item => $"F {name} {item.Name} : {TypeText.Of(item.FieldType)}{Constant(item)}{Marks.Of(item)}");
        var methods = type.GetMethods(Declared).Where(item => IsShown(item) && !IsAccessor(item) && !IsGeneratedName(item.Name))
            .Select(item => $"M {name} {item.Name}{Arguments(item)}({ParameterText.Of(item)}) : {TypeText.Of(item.ReturnType)}{TypeText.Constraints(item.GetGenericArguments())}{Marks.Of(item)}");
        var properties = type.GetProperties(Declared).Where(item => IsShown(Accessor(item)))
            .Select(item => $"P {name} {Name(item)} : {TypeText.Of(item.PropertyType)} {Accessors(item)}{Marks.Of(item, Accessor(item))}");
        return new[] { constructors, events, fields, methods, properties }.SelectMany(group => group.Order(StringComparer.Ordinal));
    }

    static bool IsShown(MethodBase method) =>
        (method.IsPublic || ((method.IsFamily || method.IsFamilyOrAssembly) && !method.DeclaringType!.IsSealed))
        && !method.Name.Contains('.', StringComparison.Ordinal) | method.IsConstructor;

    static bool IsShown(FieldInfo field) => field.IsPublic || ((field.IsFamily || field.IsFamilyOrAssembly) && !field.DeclaringType!.IsSealed);

    static bool IsAccessor(MethodInfo method) => method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal);

    static bool IsGenerated(MemberInfo member) => IsGeneratedName(member.Name) || member.IsDefined(typeof(CompilerGeneratedAttribute), false);

    static bool IsGeneratedName(string name) => name.Contains('<', StringComparison.Ordinal);

    static string Constant(FieldInfo field) => field.IsLiteral ? $" = {ParameterText.Constant(field.GetRawConstantValue(), field.FieldType)}" : "";

    static string Arguments(MethodInfo method) =>
        method.IsGenericMethodDefinition ? $"<{string.Join(',', method.GetGenericArguments().Select(TypeText.Of))}>" : "";

    static MethodInfo Accessor(PropertyInfo property) => property.GetMethod is { } getter && IsShown(getter) ? getter : property.SetMethod ?? property.GetMethod!;

    static string Name(PropertyInfo property)
    {
        var parameters = property.GetIndexParameters();
        return parameters.Length == 0 ? property.Name : $"this[{string.Join(", ", parameters.Select(item => $"{TypeText.Of(item.ParameterType)} {item.Name}"))}]";
    }

    static string Accessors(PropertyInfo property)
    {
        var getter = property.GetMethod is { } get && IsShown(get) ? "get; " : "";
        var setter = property.SetMethod is { } set && IsShown(set) ? Narrower(property, set) + (IsInit(set) ? "init; " : "set; ") : "";
        return $"{{ {getter}{setter}}}";
    }

    static string Narrower(PropertyInfo property, MethodInfo setter) =>
        property.GetMethod is { IsPublic: true } && !setter.IsPublic ? "protected " : "";

    // By name: an assembly may bring the modifier with it.
    static bool IsInit(MethodInfo setter) =>
        setter.ReturnParameter.GetRequiredCustomModifiers().Any(modifier => modifier.FullName == typeof(IsExternalInit).FullName);
}
