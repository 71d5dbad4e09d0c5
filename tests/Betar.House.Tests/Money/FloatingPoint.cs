using System.Reflection;
using System.Reflection.Emit;

namespace Betar.House.Tests.Money;

/// <summary>Finds floating point and decimals in fields, signatures, locals and instructions.</summary>
internal static class FloatingPoint
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Type[] Refused = [typeof(float), typeof(double), typeof(Half), typeof(decimal)];

    private static readonly Dictionary<short, OpCode> OpCodes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    public static IEnumerable<string> Find(Assembly assembly) => assembly.GetTypes().SelectMany(Find);

    /// <summary>One line per use: the member's name, then what it does.</summary>
    public static IEnumerable<string> Find(Type type)
    {
        foreach (var field in type.GetFields(Declared).Where(field => IsRefused(field.FieldType)))
            yield return $"{type.FullName}.{field.Name} is {field.FieldType.Name}";
        foreach (var method in type.GetMethods(Declared).Cast<MethodBase>().Concat(type.GetConstructors(Declared)))
        {
            foreach (var use in Find(method))
                yield return $"{type.FullName}.{method.Name} {use}";
        }
    }

    private static IEnumerable<string> Find(MethodBase method)
    {
        if (method is MethodInfo { ReturnType: var result } && IsRefused(result))
            yield return $"gives {result.Name}";
        foreach (var parameter in method.GetParameters().Where(parameter => IsRefused(parameter.ParameterType)))
            yield return $"takes {parameter.ParameterType.Name}";
        if (method.GetMethodBody() is not { } body)
            yield break;
        foreach (var local in body.LocalVariables.Where(local => IsRefused(local.LocalType)))
            yield return $"has a local {local.LocalType.Name}";
        foreach (var (code, token) in Instructions(body.GetILAsByteArray()!))
        {
            if (code.Name!.Contains(".r4", StringComparison.Ordinal) || code.Name.Contains(".r8", StringComparison.Ordinal) || code.Name == "conv.r.un")
                yield return $"does {code.Name}";
            if (code.OperandType == OperandType.InlineMethod && Called(method, token) is { } called && IsRefused(called))
                yield return $"calls a method that gives {called.Name}";
        }
    }

    private static bool IsRefused(Type type) => Refused.Contains(type)
        || (type.HasElementType && IsRefused(type.GetElementType()!))
        || (type.IsGenericType && type.GetGenericArguments().Any(IsRefused));

    private static Type? Called(MethodBase caller, int token)
    {
        try
        {
            return (caller.Module.ResolveMethod(token, caller.DeclaringType!.GetGenericArguments(),
                caller.IsGenericMethod ? caller.GetGenericArguments() : null) as MethodInfo)?.ReturnType;
        }
        catch (FileNotFoundException)
        {
            // A method of a library that is not part of the program cannot be ours.
            return null;
        }
    }

    private static IEnumerable<(OpCode Code, int Token)> Instructions(byte[] il)
    {
        for (var at = 0; at < il.Length;)
        {
            var value = il[at++] is var first && first == 0xFE ? (short)(0xFE00 | il[at++]) : first;
            var code = OpCodes[value];
            var token = code.OperandType is OperandType.InlineMethod ? BitConverter.ToInt32(il, at) : 0;
            at += code.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(il, at),
                _ => 4,
            };
            yield return (code, token);
        }
    }
}
