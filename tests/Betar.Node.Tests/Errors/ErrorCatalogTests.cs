using System.Reflection;
using Betar.Grains.Abstractions.Results;
using Betar.Node.Errors;

namespace Betar.Node.Tests.Errors;

public sealed class ErrorCatalogTests
{
    [Fact]
    public void Codes_are_four_digits_in_order_and_none_is_twice_there()
    {
        var codes = ErrorCatalog.All.Select(entry => entry.Code).ToList();

        Assert.All(codes, code => Assert.Matches("^BTR-[1-5][0-9]{3}$", code));
        Assert.Equal(codes.Distinct().Order(StringComparer.Ordinal), codes);
    }

    [Fact]
    public void Every_entry_that_has_a_name_is_in_the_list()
    {
        var named = typeof(ErrorCatalog).GetProperties(BindingFlags.Public | BindingFlags.Static)
            .Where(property => property.PropertyType == typeof(ErrorEntry))
            .Select(property => ((ErrorEntry)property.GetValue(null)!).Code);

        Assert.Equal(named.Order(StringComparer.Ordinal), ErrorCatalog.All.Select(entry => entry.Code));
    }

    [Fact]
    public void Usage_and_configuration_end_with_2_everything_else_with_1() =>
        Assert.All(ErrorCatalog.All, entry => Assert.Equal(entry.Code.StartsWith("BTR-1", StringComparison.Ordinal) ? 2 : 1, entry.ExitCode));

    [Fact]
    public void Titles_and_remedies_are_one_sentence_without_its_full_stop() =>
        Assert.All(ErrorCatalog.All.SelectMany(entry => new[] { entry.Title, entry.Remedy }), text =>
        {
            Assert.NotEmpty(text);
            Assert.DoesNotContain('\n', text);
            Assert.False(text.EndsWith('.'), text);
        });

    [Fact]
    public void Stream_codes_are_those_of_the_protocol()
    {
        int[] known = [1000, 1001, 2000, 2001, 2002, 2003, 2004, 2005, 2007, 3000, 3001];

        Assert.All(ErrorCatalog.All.Where(entry => entry.StreamCode is not null), entry => Assert.Contains(entry.StreamCode!.Value, known));
    }

    [Fact]
    public void Every_code_that_grains_answer_with_has_an_entry()
    {
        var codes = typeof(RefusalCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => field.IsLiteral && field.FieldType == typeof(string))
            .Select(field => (string)field.GetRawConstantValue()!).ToList();

        Assert.NotEmpty(codes);
        Assert.All(codes, code => Assert.NotNull(ErrorCatalog.Find(code)));
    }

    [Fact]
    public void A_code_of_nobody_is_not_found() => Assert.Null(ErrorCatalog.Find("BTR-9999"));
}
