using System.Reflection;

namespace Betar.Orleans.Embedded.Tests.Api;

/// <summary>Types as the notation of the lock writes them: full CLR names, arguments in angle brackets.</summary>
internal static class TypeText
{
    public static string Of(Type type)
    {
        if (type.IsByRef)
        {
            return Of(type.GetElementType()!);
        }

        if (type.IsArray)
        {
            return $"{Of(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        }

        if (type.IsGenericParameter)
        {
            return type.Name;
        }

        return type == typeof(void) ? "void" : Named(type);
    }

    /// <summary>" where T : class, new()" for each parameter that has constraints.</summary>
    public static string Constraints(IEnumerable<Type> parameters) => string.Concat(parameters.Select(Constraint));

    static string Named(Type type)
    {
        var arguments = new Queue<Type>(type.GetGenericArguments());
        var chain = new Stack<Type>();
        for (var current = type; current is not null; current = current.DeclaringType)
        {
            chain.Push(current);
        }

        var text = string.IsNullOrEmpty(type.Namespace) ? "" : type.Namespace + ".";
        return text + string.Join('+', chain.Select(part => Part(part, arguments)));
    }

    static string Part(Type type, Queue<Type> arguments)
    {
        var tick = type.Name.IndexOf('`', StringComparison.Ordinal);
        if (tick < 0)
        {
            return type.Name;
        }

        var count = int.Parse(type.Name[(tick + 1)..], System.Globalization.CultureInfo.InvariantCulture);
        return $"{type.Name[..tick]}<{string.Join(',', Enumerable.Range(0, count).Select(_ => Of(arguments.Dequeue())))}>";
    }

    static string Constraint(Type parameter)
    {
        var attributes = parameter.GenericParameterAttributes;
        var parts = new List<string>();
        var isStruct = attributes.HasFlag(GenericParameterAttributes.NotNullableValueTypeConstraint);
        if (attributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
        {
            parts.Add("class");
        }

        if (isStruct)
        {
            parts.Add("struct");
        }

        parts.AddRange(parameter.GetGenericParameterConstraints().Where(type => type != typeof(ValueType)).Select(Of));
        if (!isStruct && attributes.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint))
        {
            parts.Add("new()");
        }

        return parts.Count == 0 ? "" : $" where {parameter.Name} : {string.Join(", ", parts)}";
    }
}
