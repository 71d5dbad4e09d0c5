using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Betar.Orleans.Embedded.Tests.Api;

/// <summary>The parameters of a method, with their defaults.</summary>
internal static class ParameterText
{
    public static string Of(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter => One(method, parameter)));

    public static string Constant(object? value, Type type) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        char letter => $"'{letter}'",
        bool flag => flag ? "true" : "false",
        _ when type.IsEnum => $"{TypeText.Of(type)}.{Enum.ToObject(type, value)}",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    static string One(MethodBase method, ParameterInfo parameter)
    {
        var extension = parameter.Position == 0 && method.IsDefined(typeof(ExtensionAttribute), false) ? "this " : "";
        var many = parameter.IsDefined(typeof(ParamArrayAttribute), false) || parameter.IsDefined(typeof(ParamCollectionAttribute), false) ? "params " : "";
        var fallback = parameter.HasDefaultValue ? $" = {Default(parameter)}" : "";
        return $"{extension}{many}{Direction(parameter)}{TypeText.Of(parameter.ParameterType)} {parameter.Name}{fallback}";
    }

    static string Direction(ParameterInfo parameter)
    {
        if (!parameter.ParameterType.IsByRef)
        {
            return "";
        }

        if (parameter.IsOut)
        {
            return "out ";
        }

        return parameter.IsIn ? "in " : "ref ";
    }

    static string Default(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        var value = parameter.RawDefaultValue;
        if (value is null && type.IsValueType && Nullable.GetUnderlyingType(type) is null)
        {
            return "default";
        }

        return Constant(value, Nullable.GetUnderlyingType(type) ?? type);
    }
}
