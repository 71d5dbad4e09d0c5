using System.Collections;

namespace Betar.Libp2p.Tests.Limits;

/// <summary>Every single option, alone out of its range, is found and named; and a host is not built with it.</summary>
public sealed class OptionRangeTests
{
    public static TheoryData<string, object> Numbers
    {
        get
        {
            var data = new TheoryData<string, object>();
            foreach (var (path, value) in Flatten(new Libp2pOptions(), string.Empty))
            {
                data.Add(path, value is TimeSpan ? TimeSpan.Zero : value is long ? 0L : (object)0);
                data.Add(path, value is TimeSpan ? TimeSpan.FromDays(2) : value is long ? -1L : (object)-1);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void A_value_out_of_its_range_is_named(string path, object value)
    {
        var options = new Libp2pOptions();
        Assert.Empty(options.Validate());
        Set(options, path.Split('.'), value);

        Assert.Contains(options.Validate(), fault => fault.Contains(path, StringComparison.Ordinal));
        var refused = Assert.Throws<ArgumentException>(() => Libp2pHost.CreateBuilder().Configure(own => Set(own, path.Split('.'), value)).Build());
        Assert.Contains(path, refused.Message, StringComparison.Ordinal);
    }

    private static void Set(object group, string[] path, object value)
    {
        foreach (var name in path[..^1])
            group = group.GetType().GetProperty(name)!.GetValue(group)!;
        group.GetType().GetProperty(path[^1])!.SetValue(group, value);
    }

    private static IEnumerable<(string Path, object Value)> Flatten(object group, string path)
    {
        foreach (var property in group.GetType().GetProperties())
        {
            var value = property.GetValue(group)!;
            if (value is int or long or TimeSpan)
                yield return (path + property.Name, value);
            else if (value is not (string or bool or IEnumerable))
                foreach (var inner in Flatten(value, path + property.Name + "."))
                    yield return inner;
        }
    }
}
