using System.Reflection;
using System.Runtime.CompilerServices;

namespace Betar.Orleans.Embedded.Tests.Api;

/// <summary>The T line of a type: kind, base, interfaces, constraints, usage, marks.</summary>
internal static class TypeLine
{
    public static string Of(Type type)
    {
        if (type.IsEnum)
        {
            return $"T {TypeText.Of(type)} {Nested(type)}enum : {TypeText.Of(Enum.GetUnderlyingType(type))}{Marks.Of(type)}";
        }

        if (typeof(Delegate).IsAssignableFrom(type))
        {
            var invoke = type.GetMethod("Invoke")!;
            return $"T {TypeText.Of(type)} {Nested(type)}delegate{Variance(type)} ({ParameterText.Of(invoke)}) : {TypeText.Of(invoke.ReturnType)}{Constraints(type)}{Marks.Of(type)}";
        }

        var bases = Bases(type);
        var inherits = bases.Length == 0 ? "" : $" : {string.Join(", ", bases)}";
        return $"T {TypeText.Of(type)} {Nested(type)}{Kind(type)}{Variance(type)}{inherits}{Constraints(type)}{Usage(type)}{Marks.Of(type)}";
    }

    static string Nested(Type type) => type.IsNestedFamily ? "protected " : "";

    static string Kind(Type type)
    {
        if (type.IsInterface)
        {
            return "interface";
        }

        var record = type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.DeclaredOnly) is not null ? "record " : "";
        if (type.IsValueType)
        {
            var isReadOnly = type.IsDefined(typeof(IsReadOnlyAttribute), false) ? "readonly " : "";
            return $"{isReadOnly}{(type.IsByRefLike ? "ref " : "")}{record}struct";
        }

        var modifier = (type.IsAbstract, type.IsSealed) switch
        {
            (true, true) => "static ",
            (true, false) => "abstract ",
            (false, true) => "sealed ",
            _ => "",
        };
        return $"{modifier}{record}class";
    }

    static string[] Bases(Type type)
    {
        var interfaces = type.GetInterfaces().Where(item => item.IsVisible).Select(TypeText.Of).Order(StringComparer.Ordinal);
        var hasBase = type.IsClass && type.BaseType is not null && type.BaseType != typeof(object);
        return hasBase ? [TypeText.Of(type.BaseType!), .. interfaces] : [.. interfaces];
    }

    static string Constraints(Type type) => TypeText.Constraints(Own(type));

    static string Variance(Type type)
    {
        var variant = Own(type).Any(parameter => (parameter.GenericParameterAttributes & GenericParameterAttributes.VarianceMask) != 0);
        return variant ? $" variance({string.Join(',', Own(type).Select(Direction))})" : "";
    }

    static string Direction(Type parameter) => (parameter.GenericParameterAttributes & GenericParameterAttributes.VarianceMask) switch
    {
        GenericParameterAttributes.Covariant => $"out {parameter.Name}",
        GenericParameterAttributes.Contravariant => $"in {parameter.Name}",
        _ => parameter.Name,
    };

    static IEnumerable<Type> Own(Type type) =>
        type.GetGenericArguments().Skip(type.DeclaringType?.GetGenericArguments().Length ?? 0);

    static string Usage(Type type)
    {
        var usage = type.GetCustomAttribute<AttributeUsageAttribute>(inherit: false);
        if (usage is null)
        {
            return "";
        }

        var targets = usage.ValidOn == AttributeTargets.All
            ? "All"
            : string.Join('|', Enum.GetValues<AttributeTargets>().Where(target => target != AttributeTargets.All && usage.ValidOn.HasFlag(target)));
        return $" AttributeUsage({targets}; AllowMultiple={Lower(usage.AllowMultiple)}; Inherited={Lower(usage.Inherited)})";
    }

    static string Lower(bool value) => value ? "true" : "false";
}
