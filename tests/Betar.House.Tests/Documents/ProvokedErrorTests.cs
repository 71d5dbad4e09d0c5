using System.Reflection;
using System.Text.RegularExpressions;
using Betar.House.Tests.Support;
using Betar.Node.Errors;

namespace Betar.House.Tests.Documents;

/// <summary>Every code that the catalogue promises is named by a test that provokes it: as its text, or by the constant or entry that stands for it.</summary>
public sealed partial class ProvokedErrorTests
{
    [Fact]
    public void Every_code_of_the_catalogue_occurs_in_a_test()
    {
        HashSet<string> named = [.. Repository.Files
            .Where(file => file.Name.StartsWith("tests/", StringComparison.Ordinal) && !file.Name.StartsWith("tests/Betar.House.Tests/", StringComparison.Ordinal))
            .Where(file => file.Name.EndsWith(".cs", StringComparison.Ordinal))
            .SelectMany(file => Mention().Matches(file.Text).Select(match => match.Value))];

        Assert.All(ErrorCatalog.All, entry => Assert.True(Names(entry.Code).Any(named.Contains), entry.Code));
    }

    private static IEnumerable<string> Names(string code)
    {
        yield return code;
        foreach (PropertyInfo entry in typeof(ErrorCatalog).GetProperties(BindingFlags.Public | BindingFlags.Static))
        {
            if (entry.GetValue(null) is ErrorEntry known && known.Code == code)
                yield return $"{nameof(ErrorCatalog)}.{entry.Name}";
        }

        foreach (Type type in new[] { typeof(Grains.Abstractions.Results.RefusalCodes), typeof(Agents.ExecutionCodes) })
        {
            foreach (FieldInfo constant in type.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static))
            {
                if (constant.IsLiteral && constant.GetRawConstantValue() is string text && text == code)
                    yield return $"{type.Name}.{constant.Name}";
            }
        }
    }

    [GeneratedRegex(@"BTR-[0-9]{4}|\b(ErrorCatalog|RefusalCodes|ExecutionCodes)\.[A-Za-z]+")]
    private static partial Regex Mention();
}
