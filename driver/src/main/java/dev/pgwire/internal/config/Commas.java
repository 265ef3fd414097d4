package dev.pgwire.internal.config;

import java.util.ArrayList;
import java.util.List;

/** Lists with commas between their elements, which may be empty. */
public final class Commas {
    private Commas() {}

    public static List<String> split(String list) {
        List<String> elements = new ArrayList<>();
        int start = 0;
        for (int comma = list.indexOf(','); comma >= 0; comma = list.indexOf(',', start)) {
            elements.add(list.substring(start, comma));
            start = comma + 1;
        }
        elements.add(list.substring(start));
        return elements;
    }
}
