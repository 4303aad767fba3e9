#!/bin/sh
# Prints the good samples as official forms, in every format: print-samples.sh GONGXUE FOLDER
set -eu
gongxue=$1
folder=$2
mkdir -p "$folder"
for sample in autonomous cross-school; do
    for format in pdf odt docx html; do
        "$gongxue" render --form application --to "$format" "samples/$sample.json" -o "$folder/$sample.$format"
        echo "$folder/$sample.$format"
    done
done
"$gongxue" render --form school_summary --to pdf samples/autonomous.json samples/cross-school.json --school samples/school.json -o "$folder/school-summary.pdf"
echo "$folder/school-summary.pdf"
